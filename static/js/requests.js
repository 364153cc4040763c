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

  document.addEventListener("htmx:beforeRequest", begin);
  document.addEventListener("htmx:afterRequest", function (event) {
    end(event);
    if (event.detail.successful) close();
  });
  document.addEventListener("htmx:responseError", function (event) { tell(event, event.detail.xhr.status); });
  document.addEventListener("htmx:sendError", function (event) { tell(event, 0); });
  document.addEventListener("htmx:timeout", function (event) { tell(event, 0); });

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
