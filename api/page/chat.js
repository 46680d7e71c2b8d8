// The page an owner talks to. Everything shown comes from the gateway and is set as text, never as HTML.

const API = "/api/v1/conversations";
const REQUEST_LIMIT_MS = 20_000;
const RETRY_MS = [1_000, 2_000, 4_000, 8_000, 15_000];
const LATE_MS = [2_000, 3_000, 5_000, 8_000, 15_000];
const LATE_LOOKS = 40;

const page = Object.fromEntries(
  ["log", "status", "composer", "text", "send", "size", "restart", "confirm"].map((id) => [
    id,
    document.getElementById(id),
  ]),
);

// ---- what survives a reload -------------------------------------------------------------

/** A box in the browser's storage; where that is forbidden, the page works until it is closed. */
function box(storage, name) {
  let inMemory = null;
  return {
    get: () => {
      try {
        return JSON.parse(storage().getItem(name));
      } catch {
        return inMemory;
      }
    },
    set: (value) => {
      inMemory = value;
      try {
        storage().setItem(name, JSON.stringify(value));
      } catch {
        // kept in memory only
      }
    },
  };
}

const saved = box(() => localStorage, "mamori.conversation");
const largeType = box(() => localStorage, "mamori.large-type");
// per tab: a message on its way is resent by the tab that holds it
const unsent = box(() => sessionStorage, "mamori.unsent");

let conversation = saved.get();
let lastId = null;
let busy = false;
let lateLooks = null;
let waking = null;

// ---- the gateway ------------------------------------------------------------------------

class Disconnected extends Error {}

/** Too much at once: to be sent again after so many milliseconds. */
class TooFast extends Error {
  constructor(response) {
    super();
    this.waitMs = 1_000 * Number(response.headers.get("Retry-After") || 5);
  }
}

/** An answer of the gateway as {status, body}; no connection, a time-out or a 5xx is Disconnected. */
async function call(method, path, body) {
  const headers = { "Content-Type": "application/json" };
  if (conversation) headers.Authorization = `Bearer ${conversation.token}`;
  try {
    const response = await fetch(API + path, {
      method,
      headers,
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(REQUEST_LIMIT_MS),
    });
    if (response.status === 429) throw new TooFast(response);
    if (response.status >= 500) throw new Disconnected();
    return { status: response.status, body: await response.json() };
  } catch (error) {
    throw error instanceof TooFast ? error : new Disconnected();
  }
}

/**
 * Tries again until there is an answer. Sending twice is harmless: the message's id is the same.
 * Null once the owner has begun another conversation: nobody waits for this one any more.
 */
async function persist(method, path, body) {
  const mine = conversation;
  for (let failures = 0; mine === conversation; failures += 1) {
    try {
      const answer = await call(method, path, body);
      if (mine !== conversation) return null;
      if (failures) tell("");
      return answer;
    } catch (error) {
      if (mine !== conversation) return null;
      if (error instanceof TooFast) {
        tell("短い時間にたくさん送られました。少し待って、自動で続けます。", "trouble");
        await pause(error.waitMs);
      } else {
        tell("接続が切れました。つながりしだい、自動で続けます。", "trouble");
        await pause(RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]);
      }
    }
  }
  return null;
}

/** Ends early when the connection comes back or the owner looks at the page again. */
function pause(ms) {
  return new Promise((done) => {
    const timer = setTimeout(done, ms);
    waking = () => {
      clearTimeout(timer);
      done();
    };
  });
}

function newId() {
  // crypto.randomUUID is missing on plain http
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
}

// ---- a conversation ---------------------------------------------------------------------

async function open() {
  const answer = await persist("POST", "", {});
  if (!answer) return;
  const { body } = answer;
  conversation = { id: body.conversation_id, token: body.token };
  saved.set(conversation);
  page.log.replaceChildren();
  lastId = null;
  show(body.messages);
}

async function resume() {
  if (conversation && (await catchUp())) {
    const message = unsent.get();
    if (message?.conversation === conversation.id) await deliver(message, true);
    return;
  }
  const expired = Boolean(conversation);
  conversation = null;
  await open();
  if (expired) tell("前の相談は開けなくなりました。新しい相談を始めます。");
}

/** Shows what is new in the transcript, in its order; false when the conversation can't be opened. */
async function catchUp() {
  const after = lastId ? `?after=${lastId}` : "";
  const answer = await persist("GET", `/${conversation.id}/messages${after}`);
  if (answer?.status === 200) show(answer.body.messages);
  return answer?.status === 200;
}

async function say(body, shown) {
  if (busy) return tell("送信中です。少しお待ちください。");
  const message = { conversation: conversation.id, shown, body: { ...body, client_message_id: newId() } };
  unsent.set(message);
  await deliver(message);
}

async function deliver(message, resent = false) {
  const byChoice = page.log.contains(document.activeElement);
  setBusy(true);
  if (!resent || !alreadySaid(message.shown)) add(userBubble(message.shown), "on-its-way");
  dropChoices();
  toEnd(page.log.lastElementChild);
  tell("送信中…");
  const slow = setTimeout(() => tell("お返事を待っています…"), 1_500);
  const answer = await persist("POST", `/${message.conversation}/messages`, message.body);
  clearTimeout(slow);
  if (!answer) return;
  unsent.set(null);
  setBusy(false);
  if (answer.status === 200) {
    tell("");
    await catchUp();
    page.log.querySelector(".on-its-way")?.remove();
    if (byChoice) page.log.querySelector(".newest")?.focus({ preventScroll: true });
  } else {
    await refused(answer, message);
  }
}

/** After a reload the transcript may hold the message that is still on its way. */
function alreadySaid(words) {
  return [...page.log.querySelectorAll(".said")].at(-1)?.message?.text === words;
}

/** The words go back to where they were typed, together with what to do about it. */
async function refused({ status, body }, message) {
  page.log.querySelector(".on-its-way")?.remove();
  if (message.body.text && !page.text.value) page.text.value = message.body.text;
  if (status === 401 || status === 404) {
    conversation = null;
    await open();
  }
  offerChoices();
  tell(`${body.title}。${body.detail}`, "trouble");
}

/** After an apology the answer may still come; looks for it ever more rarely, and not for ever. */
function lookForLateAnswer(looks = 0) {
  clearTimeout(lateLooks);
  if (looks >= LATE_LOOKS) return;
  lateLooks = setTimeout(async () => {
    const before = lastId;
    if (!busy && conversation) await catchUp();
    if (before === lastId) lookForLateAnswer(looks + 1);
  }, LATE_MS[Math.min(looks, LATE_MS.length - 1)]);
}

// ---- showing it -------------------------------------------------------------------------

/** Adds messages once each; what the owner just sent is already there and only gets its id. */
function show(messages) {
  const fresh = messages.filter((message) => !document.getElementById(message.id));
  const elements = fresh.map((message) => {
    const waiting = message.role === "user" && page.log.querySelector(".on-its-way");
    const element = waiting || add(message.role === "user" ? userBubble(message.text) : card(message));
    element.classList.remove("on-its-way");
    // what was kept, not what was typed: a password in it has been taken out
    if (waiting) element.querySelector(".words").replaceWith(words(message.text));
    element.id = message.id;
    element.message = message;
    return element;
  });
  if (!elements.length) return;
  const atOnce = lastId === null;
  if (atOnce) elements.forEach((element) => element.classList.remove("arriving"));
  lastId = messages.at(-1).id;
  const first = elements.find((element) => element.message.role !== "user");
  page.log.querySelector(".newest")?.classList.remove("newest");
  first?.classList.add("newest");
  offerChoices();
  if (atOnce) toEnd(elements.at(-1), true);
  else toEnd(first ?? elements.at(-1));
  clearTimeout(lateLooks);
  if (messages.at(-1).topic === "unavailable") lookForLateAnswer();
}

function add(element, ...classes) {
  element.classList.add("arriving", ...classes);
  page.log.append(element);
  return element;
}

function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

function userBubble(text) {
  const bubble = make("div", "said");
  bubble.append(make("span", "for-ears", "あなた："), words(text));
  return bubble;
}

/** One block a line, so that what follows ① on the next line stands under the words, not under the number. */
function words(text) {
  const paragraph = make("p", "words");
  for (const line of text.split("\n")) {
    paragraph.append(make("span", /^[①-⑳・]/.test(line) ? "step" : null, line), "\n");
  }
  return paragraph;
}

function card(message) {
  const element = make("article", "card");
  element.tabIndex = -1;
  element.append(make("span", "for-ears", message.role === "staff" ? "担当者：" : "まもり："));
  const notice = ["kept", "お知らせ"];
  const flags = { incident_response: ["urgent", "いま、すること"], unavailable: notice };
  const [kind, flag] = (message.role === "system" ? notice : flags[message.topic]) ?? [null, null];
  if (kind) {
    element.classList.add(kind);
    element.append(make("p", "flag", flag));
  }
  element.append(words(message.text), ...message.attachments.map(attachment));
  if (message.refs.length) element.append(sources(message.refs));
  return element;
}

function sources(refs) {
  const details = make("details", "sources");
  const [first] = refs;
  const count = refs.length > 1 ? `${refs.length}件` : "";
  const published = first.source_date ? `（${inJapanese(first.source_date)}）` : "";
  const checked = first.checked_on ? `／確認 ${inJapanese(first.checked_on).replace(/^\d+年/, "")}` : "";
  const title = `出典${count}：${first.source_title ?? first.title}${published}${checked}`;
  const list = make("ul");
  list.append(...refs.map(source));
  details.append(make("summary", null, title), list);
  return details;
}

function source(ref) {
  const item = make("li");
  item.append(make("b", null, ref.title));
  if (ref.source_title) item.append(link(ref.source_url, ref.source_title));
  const dates = [
    ref.source_date && `発行 ${inJapanese(ref.source_date)}`,
    ref.checked_on && `確認 ${inJapanese(ref.checked_on)}`,
  ].filter(Boolean);
  if (dates.length) item.append(make("span", null, dates.join("／")));
  return item;
}

/** 2023, 2026-03 or 2026-03-15 as 2023年, 2026年3月, 2026年3月15日. */
function inJapanese(date) {
  return date.split("-").map((part, place) => Number(part) + "年月日"[place]).join("");
}

function link(url, text) {
  const safe = /^(https?:\/\/|\/(?!\/))/.test(url ?? "");
  if (!safe) return make("span", null, text);
  const anchor = make("a", null, text);
  anchor.href = url;
  anchor.target = "_blank";
  anchor.rel = "noopener noreferrer";
  return anchor;
}

function attachment({ title, url }) {
  const line = make("p");
  line.append(link(url, title));
  return line;
}

function dropChoices() {
  page.log.querySelectorAll(".choices").forEach((choices) => choices.remove());
}

/** Buttons stand only under the replies that nothing has been said to yet. */
function offerChoices() {
  dropChoices();
  for (let element = page.log.lastElementChild; element?.message; element = element.previousElementSibling) {
    if (element.message.role === "user") break;
    if (element.message.choices.length) element.after(buttons(element.message.choices));
  }
}

function buttons(choices) {
  const row = make("div", "choices");
  row.setAttribute("role", "group");
  row.setAttribute("aria-label", "選択肢");
  row.append(
    ...choices.map(({ id, label }) => {
      const button = make("button", "choice", label);
      button.type = "button";
      button.addEventListener("click", () => say({ choice: id }, label));
      return button;
    }),
  );
  return row;
}

/** The end of the conversation, but never past the beginning of a long answer. */
function toEnd(element, calm = matchMedia("(prefers-reduced-motion: reduce)").matches) {
  const end = document.documentElement.scrollHeight - innerHeight;
  const top = element.getBoundingClientRect().top + scrollY - 16;
  scrollTo({ top: Math.min(end, top), behavior: calm ? "instant" : "smooth" });
}

/** The connection is back, or the owner is: whatever waits goes on, whatever came meanwhile is shown. */
function lookAgain() {
  waking?.();
  if (conversation && lastId && !busy) catchUp();
}

function tell(text, kind = "") {
  page.status.textContent = text;
  page.status.className = kind;
}

function setBusy(now) {
  busy = now;
  page.send.setAttribute("aria-disabled", String(now));
}

function setType(large) {
  document.documentElement.dataset.size = large ? "large" : "normal";
  page.size.setAttribute("aria-pressed", String(large));
  largeType.set(large);
}

// ---- what the owner does ----------------------------------------------------------------

page.composer.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = page.text.value.trim();
  if (!conversation) return;
  if (!text) return page.text.focus();
  if (!busy) page.text.value = "";
  say({ text }, text);
});

page.text.addEventListener("keydown", (event) => {
  // during conversion Enter chooses a word; Safari says so only by the old key code 229
  const converting = event.isComposing || event.keyCode === 229;
  if (event.key !== "Enter" || event.shiftKey || converting) return;
  event.preventDefault();
  page.composer.requestSubmit();
});

page.size.addEventListener("click", () => setType(page.size.getAttribute("aria-pressed") !== "true"));
page.restart.addEventListener("click", () => page.confirm.showModal());
page.confirm.addEventListener("close", async () => {
  if (page.confirm.returnValue !== "restart") return;
  page.confirm.returnValue = "";
  conversation = null;
  unsent.set(null);
  setBusy(false);
  clearTimeout(lateLooks);
  tell("");
  await open();
  page.text.focus({ preventScroll: true });
});

addEventListener("online", () => {
  if (!busy) tell("");
  lookAgain();
});
addEventListener("offline", () => tell("接続が切れました。つながりしだい、自動で続けます。", "trouble"));
document.addEventListener("visibilitychange", () => document.hidden || lookAgain());
addEventListener("beforeprint", () => {
  document.querySelectorAll("details").forEach((details) => (details.open = true));
});

setType(largeType.get() === true);
resume();
