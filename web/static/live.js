// Keeps a page true while it is open: when the server says that something has changed, the page is fetched
// again and what differs is put in place. Works without; then a reload does the same.
"use strict";

const state = document.getElementById("live-state");

function show(word) {
  if (!state || state.dataset.state === word) return;
  state.dataset.state = word;
  state.textContent = word;
}

// A part that somebody is working in stays as it is: their words matter more than the news.
function isInUse(part) {
  const focus = document.activeElement;
  if (focus && part.contains(focus) && focus.matches("input, textarea, select")) return true;
  return [...part.querySelectorAll("input, textarea, select")].some((field) =>
    field.type === "checkbox" || field.type === "radio"
      ? field.checked !== field.defaultChecked
      : field.type !== "hidden" && field.tagName !== "SELECT" && field.value !== field.defaultValue);
}

// What a person opened stays open, and whoever moves by keyboard stays where they are.
function replace(old, fresh) {
  const focus = document.activeElement;
  const place = focus && old.contains(focus) && focus.id;
  for (const one of old.querySelectorAll("details[open][id]")) {
    fresh.querySelector(`#${CSS.escape(one.id)}`)?.setAttribute("open", "");
  }
  old.replaceWith(fresh);
  if (place) document.getElementById(place)?.focus({ preventScroll: true });
  prepare(fresh);
}

let looking = false;
let again = false;

async function refresh() {
  if (looking) { again = true; return; }
  looking = true;
  try {
    const answer = await fetch(location.href, { headers: { "X-Live": "1" }, redirect: "manual" });
    if (answer.type === "opaqueredirect") {
      if (isInUse(document)) show("logged out"); else location.reload();
      return;
    }
    if (!answer.ok) { show("away"); return; }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const old of document.querySelectorAll("[data-live][id]")) {
      const fresh = page.getElementById(old.id);
      if (fresh && fresh.outerHTML !== old.dataset.as && !isInUse(old)) {
        const as = fresh.outerHTML;
        replace(old, fresh);
        fresh.dataset.as = as;
      }
    }
    show("live");
  } catch {
    show("away");
  } finally {
    looking = false;
    if (again) { again = false; setTimeout(refresh, 500); }
  }
}

function prepare(root) {
  for (const frame of root.querySelectorAll("iframe.letter")) {
    const fit = () => {
      const inner = frame.contentDocument?.documentElement;
      if (inner) frame.style.height = `${Math.min(inner.scrollHeight + 8, 6000)}px`;
    };
    frame.addEventListener("load", fit);
    fit();
  }
}

addEventListener("submit", (event) => {
  const question = event.submitter?.dataset.confirm ?? event.target.dataset.confirm;
  if (question && !confirm(question)) event.preventDefault();
});

addEventListener("change", (event) => {
  if (event.target.form?.matches("[data-auto]") && event.target.matches("select, [type=checkbox]")) {
    event.target.form.requestSubmit();
  }
});

addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  const search = document.querySelector("input[type=search]");
  if (!search || document.activeElement?.matches("input, textarea, select")) return;
  event.preventDefault();
  search.focus();
});

// How things stood when this page last heard of them; null before it has heard anything.
let seen = null;

function hear(word) {
  if (word === "open") { show("live"); return; }
  if (word === "away" || word === "cut") { show("away"); seen = word; return; }
  if (word === "ended") { refresh(); return; }
  if (seen === null) show("live"); else if (word !== seen) refresh();
  seen = word;
}

// Browsers open six connections to a server, and a stream takes one of them: one tab listens for all.
const tabs = new BroadcastChannel("live");
let last = null;
tabs.onmessage = ({ data }) => {
  if (data !== "who") hear(data); else if (last !== null) tabs.postMessage(last);
};

let source = null;

function listen() {
  const tell = (word) => { last = word; hear(word); tabs.postMessage(word); };
  source?.close();
  source = new EventSource("/live");
  source.onopen = () => tell("open");
  source.onmessage = (event) => tell(event.data);
  source.onerror = () => {
    tell("cut");
    if (source.readyState === EventSource.CLOSED) { tell("ended"); setTimeout(listen, 3000); }
  };
}

// Without locks, which browsers keep to https and this machine, each tab listens while it is seen.
function begin() {
  addEventListener("pagehide", () => source?.close(), { once: true });
  if (navigator.locks) {
    tabs.postMessage("who");
    navigator.locks.request("live", () => new Promise(listen));
    return;
  }
  if (!document.hidden) listen();
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) source?.close(); else { refresh(); listen(); }
  });
}

// What is away comes back without a change in the database: a page that says so looks again by itself.
setInterval(() => { if (document.querySelector("[data-again]")) refresh(); }, 5000);

for (const one of document.querySelectorAll("[data-live][id]")) one.dataset.as = one.outerHTML;
document.querySelector("nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
prepare(document);
if (state) begin();
