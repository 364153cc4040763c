// What the site says when a request of htmx comes to nothing, what is busy meanwhile, and where focus goes afterwards.
// The words stand in the page, in the template "request-problem-words".
(function () {
  "use strict";

  function reason(status) {
    if (status === 0) return "away";
    if (status === 429 || status === 503) return "busy";
    return status >= 500 ? "broken" : "refused";
  }

  // An answer may go elsewhere than the request was for, so each request remembers what it made busy.
  const busy = new WeakMap();

  function begin(event) {
    const target = event.detail.target;
    if (!(target instanceof Element)) return;
    busy.set(event.detail.xhr, target);
    target.setAttribute("aria-busy", "true");
  }

  function end(event) {
    const target = busy.get(event.detail.xhr);
    if (target) target.removeAttribute("aria-busy");
  }

  function close() {
    const place = document.getElementById("request-problem");
    if (place) place.replaceChildren();
  }

  // The same request once more: of the element that made it when it is still there, else the whole page.
  function again(detail) {
    close();
    const asked = detail.requestConfig;
    if (!detail.elt.isConnected || !asked) {
      window.location.reload();
      return;
    }
    const holder = detail.elt.closest("[data-hx-swap]");
    const swap = holder ? holder.getAttribute("data-hx-swap") : undefined;
    window.htmx.ajax(asked.verb.toUpperCase(), asked.path, {
      source: detail.elt,
      target: asked.target,
      values: asked.parameters,
      swap: swap,
    });
  }

  function tell(event, status) {
    const place = document.getElementById("request-problem");
    const words = document.getElementById("request-problem-words");
    if (!place || !words) return;
    const why = reason(status);
    const notice = words.content.cloneNode(true);
    notice.querySelectorAll("[data-reason]").forEach(function (line) {
      if (line.getAttribute("data-reason") !== why) line.remove();
    });
    notice.querySelector("[data-retry]").addEventListener("click", function () { again(event.detail); });
    place.replaceChildren(notice);
  }

  // A year that is being typed is a year at every digit: 2, 20, 203. Whoever types it has not changed anything yet.
  document.addEventListener("change", function (event) {
    if (event.target.type === "date" && event.target.value.startsWith("0")) event.stopPropagation();
  }, true);

  // A form on its way waits for its answer, and pressing again sends nothing twice. Those of htmx have data-hx-sync.
  const sent = new WeakSet();
  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (event.defaultPrevented || form.getAttribute("method") !== "post") return;
    if (sent.has(form)) {
      event.preventDefault();
      return;
    }
    sent.add(form);
    window.setTimeout(function () { sent.delete(form); }, 5000);
  });

  document.addEventListener("htmx:beforeRequest", begin);
  document.addEventListener("htmx:afterRequest", function (event) {
    end(event);
    if (event.detail.successful) close();
  });
  document.addEventListener("htmx:responseError", function (event) { tell(event, event.detail.xhr.status); });
  document.addEventListener("htmx:sendError", function (event) { tell(event, 0); });
  document.addEventListener("htmx:timeout", function (event) { tell(event, 0); });

  // What is typed and not sent yet outlives an answer that replaces its field. It goes with its own answer and with Cancel.
  const drafts = new Map();

  function draftFields(place) {
    return Array.from(place.querySelectorAll("[data-draft] textarea"));
  }

  function draftName(field) {
    return field.closest("[data-draft]").getAttribute("data-draft") + " " + field.name;
  }

  document.addEventListener("htmx:beforeSwap", function (event) {
    const asked = event.detail.requestConfig;
    if (!event.detail.shouldSwap || !(event.detail.target instanceof Element)) return;
    draftFields(event.detail.target).forEach(function (field) {
      const isItsOwn = field.form === asked.elt || field.closest("[data-draft]").contains(asked.elt);
      if (!isItsOwn && field.value !== field.defaultValue) drafts.set(draftName(field), field.value);
    });
  });

  document.addEventListener("htmx:afterSwap", function () {
    draftFields(document).forEach(function (field) {
      const name = draftName(field);
      if (!drafts.has(name)) return;
      field.value = drafts.get(name);
      drafts.delete(name);
    });
    const word = document.querySelector("[data-drafts-held]");
    if (word) word.hidden = drafts.size === 0;
  });

  document.addEventListener("htmx:afterSettle", function (event) {
    const swapped = event.detail.elt;
    if (!(swapped instanceof Element)) return;
    // Whoever changes a field goes on from there; whoever presses a button or a link asked for the result.
    const cause = event.detail.requestConfig && event.detail.requestConfig.triggeringEvent;
    if (cause && (cause.type === "change" || cause.type === "input")) return;
    const wanted = swapped.matches("[data-focus-after-swap]") ? swapped : swapped.querySelector("[data-focus-after-swap]");
    if (wanted) wanted.focus();
  });
})();
