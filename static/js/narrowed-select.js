// A field above a long list of choices: what is typed there leaves the choices that contain it.
// Without scripts the list is as it is.
(() => {
  "use strict";

  const simple = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  const narrow = (select) => {
    const all = [...select.options];
    const field = document.createElement("input");
    field.type = "search";
    field.className = "field__input";
    field.setAttribute("autocomplete", "off");
    field.setAttribute("aria-label", `${select.dataset.narrowed}: ${select.labels[0].textContent.trim()}`);
    field.setAttribute("aria-controls", select.id);
    field.placeholder = select.dataset.narrowed;

    field.addEventListener("input", (event) => {
      event.stopPropagation();
      const words = simple(field.value).split(/\s+/).filter(Boolean);
      const found = all.filter((one) => one.value && words.every((word) => simple(one.textContent).includes(word)));
      select.replaceChildren(...(words.length ? found : all));
      select.value = words.length && found.length ? found[0].value : "";
      if (!found.length) select.replaceChildren(all[0]);
    });
    field.addEventListener("change", (event) => event.stopPropagation());
    // What was sent has been taken in; the list is ready for another choice.
    document.addEventListener("htmx:afterRequest", (event) => {
      if (!event.detail.successful || event.detail.elt !== select.form) return;
      field.value = "";
      select.replaceChildren(...all);
      select.value = "";
    });
    select.before(field);
  };

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("select[data-narrowed]").forEach(narrow);
  });
})();
