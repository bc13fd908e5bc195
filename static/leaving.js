// Before a form is left whose text is not saved, the browser asks. Without scripts nothing is asked.
"use strict";

addEventListener("load", () => {
  const form = document.querySelector("form:has(> input[name=_form])");
  if (!form) return;
  const typed = () =>
    JSON.stringify([...new FormData(form)].map(([name, value]) => [name, value instanceof File ? value.name : value]));
  // What other scripts set up on loading is no change; what came back from a draft is not saved.
  let before = "";
  setTimeout(() => { before = form.querySelector(".unsaved[role=status], .errorsummary") ? null : typed(); });
  let leaves = false;
  form.addEventListener("submit", () => { leaves = true; });
  addEventListener("pageshow", () => { leaves = false; });
  addEventListener("beforeunload", (event) => {
    if (!leaves && before !== "" && typed() !== before) event.preventDefault();
  });
});
