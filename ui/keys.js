// Streamlit lets its keys rest on every input, also on sliders and switches, where nobody types; and it takes no
// punctuation. Such a press is passed on as if it were made beside the control, and "?" as the key of the Keyboard window.
(() => {
  if (window.ballastKeys) return; // the script of a page runs again with every change
  window.ballastKeys = true;
  const TYPELESS = ["range", "checkbox", "radio"];

  document.addEventListener("keydown", (event) => {
    if (!event.isTrusted || event.ctrlKey || event.metaKey || event.altKey) return;
    const { tagName, type, isContentEditable } = event.target;
    const control = tagName === "INPUT" && TYPELESS.includes(type);
    const typing = isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(tagName);
    const asks = event.key === "?";
    if ((typing && !control) || !(control || asks)) return;
    const key = asks ? "k" : event.key.toLowerCase();
    if (!/^[a-z0-9]$/.test(key)) return;
    const keyCode = key.toUpperCase().charCodeAt(0);
    const shiftKey = event.shiftKey && !asks;
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key, keyCode, which: keyCode, shiftKey, bubbles: true }));
    document.body.dispatchEvent(new KeyboardEvent("keyup", { key, keyCode, which: keyCode, shiftKey, bubbles: true }));
  });
})();
