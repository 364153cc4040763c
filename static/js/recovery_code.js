// A private link carries the recovery code behind "#", which never leaves the browser. Here it moves into the form, and
// out of the address.
(function () {
  "use strict";
  const field = document.getElementById("id_code");
  const code = decodeURIComponent(window.location.hash.slice(1));
  if (!field || !/^[0-9A-Za-z][0-9A-Za-z-]{20,60}$/.test(code)) return;
  field.value = code;
  window.history.replaceState(null, "", window.location.pathname + window.location.search);
  field.form.querySelector("button").focus();
})();
