/* The XBlock JavaScript runtime, version 1, as pages of LMS and Studio give it to blocks; loaded before any block's script. */
(function () {
  "use strict";

  const VIEWED = "data-mark-completed-on-view-after-delay";
  const listeners = new Map();

  function cookie(name) {
    const found = document.cookie.split("; ").find((pair) => pair.startsWith(name + "="));
    return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
  }

  function node(element) {
    return element && element.jquery ? element[0] : element;
  }

  function blockOf(element) {
    return node(element).closest(".xblock");
  }

  const runtime = {
    handlerUrl(element, handler, suffix, query) {
      const base = blockOf(element).dataset.handlers.replace(/HANDLER$/, handler);
      const path = suffix ? base + "/" + suffix : base;
      return query ? path + "?" + query : path;
    },
    children(element) {
      const inner = Array.from(node(element).querySelectorAll(".xblock"));
      return inner.filter((each) => each.parentElement.closest(".xblock") === node(element)).map((each) => each.peerBlock);
    },
    childMap(element, name) {
      return runtime.children(element).find((each) => each && each.name === name);
    },
    notify(name, data) {
      (listeners.get(name) || []).forEach((listener) => listener(data));
      show(name, data || {});
      tellParent({ type: "xblock." + name, payload: data || {} });
    },
    listenTo(name, listener) {
      listeners.set(name, [...(listeners.get(name) || []), listener]);
    },
  };

  /* Studio's line for what is being saved; other places have none. */
  function show(name, data) {
    const line = document.getElementById("studio-status");
    if (!line) return;
    if (name === "save") line.textContent = data.state === "start" ? data.message || "Saving" : "Saved.";
    if (name === "error") line.textContent = [data.title, data.message].filter(Boolean).join(": ");
    if (name === "cancel") line.textContent = "";
  }

  function tellParent(message) {
    if (window.parent === window || !document.referrer) return;
    window.parent.postMessage(message, new URL(document.referrer).origin);
  }

  function argsOf(element) {
    const holder = Array.from(element.children).find((each) => each.classList.contains("xblock-json-init-args"));
    return holder ? JSON.parse(holder.textContent) : undefined;
  }

  function start(element) {
    if (element.classList.contains("xblock-initialized")) return;
    const make = window[element.dataset.init];
    if (typeof make !== "function") {
      console.error("A block names a script function that is not there: " + element.dataset.init);
      return;
    }
    const args = argsOf(element);
    element.peerBlock = (args === undefined ? new make(runtime, element) : new make(runtime, element, args)) || {};
    element.peerBlock.element = element;
    element.peerBlock.name = element.dataset.name;
    element.classList.add("xblock-initialized");
  }

  /* Inner blocks first, so that a container finds its children ready. */
  function startAll() {
    Array.from(document.querySelectorAll(".xblock[data-init]")).reverse().forEach(start);
    document.querySelectorAll("[" + VIEWED + "]").forEach(watch);
  }

  /* A block that completes by being seen says so once it was in view for long enough. */
  function watch(element) {
    let waiting = null;
    const observer = new IntersectionObserver((entries) => {
      clearTimeout(waiting);
      if (!entries.some((each) => each.isIntersecting)) return;
      waiting = setTimeout(() => {
        observer.disconnect();
        post(runtime.handlerUrl(element, "publish_completion"), { completion: 1.0 });
      }, Number(element.getAttribute(VIEWED)));
    });
    observer.observe(element);
  }

  function post(url, data) {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": cookie("csrftoken") };
    return fetch(url, { method: "POST", body: JSON.stringify(data), headers, credentials: "same-origin" });
  }

  /* In the learning front end's frame the page reports its height, and where a heading stands. */
  function report() {
    const content = document.getElementById("content");
    if (!content) return;
    const size = () => ({ width: content.offsetWidth, height: content.offsetHeight });
    const tell = () => tellParent({ type: "plugin.resize", payload: size() });
    new ResizeObserver(tell).observe(content);
    window.addEventListener("message", (event) => {
      const name = event.source === window.parent && event.data && event.data.hashName;
      const found = typeof name === "string" && document.getElementById(name.replace(/^#/, ""));
      if (found) tellParent({ offset: found.getBoundingClientRect().top + window.scrollY });
    });
    tell();
  }

  function preset() {
    if (!window.jQuery) return;
    window.jQuery.ajaxPrefilter((options, _given, request) => {
      if (!options.crossDomain) request.setRequestHeader("X-CSRFToken", cookie("csrftoken"));
    });
  }

  window.gettext = window.gettext || ((text) => text);
  window.ngettext = window.ngettext || ((one, many, count) => (count === 1 ? one : many));
  preset();
  document.addEventListener("DOMContentLoaded", () => {
    startAll();
    report();
  });
})();
