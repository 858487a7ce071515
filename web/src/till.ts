// The till as an application: one custom element around pages the server renders.
// Each form and link works without it; with it no press reloads the page, a scanner needs no focused field,
// a lost answer is asked for again with the same idempotency key, and results can be heard and felt.
import { AmountPad } from "./till/amount";
import { Cents } from "./till/cents";
import { runCountdowns } from "./till/countdown";
import { Haste } from "./till/haste";
import { areOn, dressSwitch } from "./till/keys";
import { PinPad } from "./till/pad";
import { carriesToken, pair } from "./till/pairing";
import { tell } from "./till/signal";
import { Scanner } from "./till/scanner";
import { followTurn } from "./till/turn";
import { waitFor } from "./till/waiting";
import { showWorth } from "./till/worth";

/** After this an action offers to try again. */
const SLOW_AFTER_MS = 8_000;
/** Waiting is shown if the answer takes longer, so that quick answers do not flash. */
const SHOW_WAITING_AFTER_MS = 60;
/** A letter that is a shortcut waits this long for the next key of a scanner. */
const ALONE_AFTER_MS = 250;

interface Action {
  url: string;
  method: "get" | "post";
  body: URLSearchParams | undefined;
  presser: HTMLElement | null;
}

class Till extends HTMLElement {
  readonly #life = new AbortController();
  readonly #haste = new Haste();
  #controller: AbortController | undefined;
  /** What is under way, or failed and can be tried again. */
  #action: Action | undefined;
  /** Nothing else may begin. A look that failed or takes long holds nobody up. */
  #busy = false;
  #timers: number[] = [];
  #alone = 0;

  connectedCallback(): void {
    const { signal } = this.#life;
    this.addEventListener("submit", (event) => this.#submit(event));
    this.addEventListener("click", (event) => this.#click(event));
    this.addEventListener("unreachable", () => this.#network(false));
    document.addEventListener("keydown", (event) => this.#key(event), { signal });
    window.addEventListener("popstate", () => this.#wander(), { signal });
    window.addEventListener("online", () => this.#network(true), { signal });
    window.addEventListener("offline", () => this.#network(false), { signal });
    if (!navigator.onLine) this.#network(false);
    new Scanner(document, signal, (code) => this.#search(code));
    dressSwitch(this.#part("single-keys"));
    followTurn(this, this);
    this.#dress(true);
  }

  /** Another kind of page took the till's place. */
  disconnectedCallback(): void {
    this.#life.abort();
    this.#hush();
  }

  /** Brings a freshly drawn region to life. */
  #dress(first: boolean): void {
    const region = this.#region();
    if (!region) return;
    for (const form of region.querySelectorAll<HTMLFormElement>("form[data-amount]")) new AmountPad(form);
    for (const field of region.querySelectorAll<HTMLInputElement>("form:not([data-amount]) input[data-cents]")) new Cents(field);
    for (const form of region.querySelectorAll<HTMLFormElement>("form[data-worth]")) showWorth(form);
    // A question that comes back asks again, over everything.
    for (const dialog of region.querySelectorAll<HTMLDialogElement>("dialog[open]")) {
      dialog.close();
      dialog.showModal();
    }
    runCountdowns(region);
    waitFor(region, (url) => {
      if (!this.#busy) this.#run({ url, method: "get", body: undefined, presser: null }, false);
    });
    // Paper needs the script; without it nobody is offered a button that does nothing.
    for (const button of region.querySelectorAll<HTMLElement>("[data-print]")) button.hidden = false;
    const tone = region.dataset["tone"];
    // Of a form that comes back, what has to be put right.
    const wrong = region.querySelector<HTMLElement>(".enrolling [aria-invalid]");
    if (tone && !first) tell(tone);
    if (tone) region.querySelector<HTMLElement>(".forward")?.focus({ preventScroll: true });
    else if (wrong && !first) wrong.focus();
    else if (!this.#awaitsCode(region) && !first) region.focus({ preventScroll: true });
    for (const form of region.querySelectorAll<HTMLFormElement>("form[data-pin]")) new PinPad(form);
  }

  /** Between two customers the next number can be typed at once. A tablet's keyboard comes up only after a mistake. */
  #awaitsCode(region: HTMLElement): boolean {
    const field = region.querySelector<HTMLInputElement>("form[data-scan] input");
    const wanted = region.matches(".till-start") && (matchMedia("(pointer: fine)").matches || field?.hasAttribute("aria-invalid"));
    if (!field || !wanted || region.querySelector(".list a.button[data-swap-link]")) return false;
    field.focus({ preventScroll: true });
    field.select();
    return true;
  }

  #region(): HTMLElement | null {
    return this.querySelector<HTMLElement>("[data-region]");
  }

  #part(name: string): HTMLElement | null {
    return this.querySelector<HTMLElement>(`[data-${name}]`);
  }

  #submit(event: SubmitEvent): void {
    const form = event.target as HTMLFormElement;
    if (!form.matches("[data-swap]")) return;
    event.preventDefault();
    if (this.#busy) return;
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form, event.submitter)) if (typeof value === "string") body.append(name, value);
    form.closest("dialog")?.close();
    const presser = (event.submitter as HTMLElement | null) ?? form.querySelector<HTMLElement>("button:not([type=button])");
    if (form.method === "get") this.#run({ url: `${form.getAttribute("action")}?${body}`, method: "get", body: undefined, presser }, true);
    else this.#run({ url: form.getAttribute("action") ?? "", method: "post", body, presser }, true);
  }

  #click(event: MouseEvent): void {
    const target = event.target as Element;
    const step = target.closest<HTMLElement>("[data-step]");
    if (step) this.#step(step);
    if (target.closest("[data-retry]") && this.#action) this.#run(this.#action, true);
    if (target.closest("[data-leave]")) this.#leave();
    if (target.closest("[data-print]")) window.print();
    if (target.closest("[commandfor]")) this.#haste.shown();
    const link = target.closest<HTMLAnchorElement>("a[data-swap-link]");
    if (link && !event.metaKey && !event.ctrlKey && !event.shiftKey) {
      event.preventDefault();
      if (!this.#busy) this.#run({ url: link.href, method: "get", body: undefined, presser: link }, true);
    }
    openByCommand(target);
  }

  #step(button: HTMLElement): void {
    const form = button.closest("form");
    const input = form?.querySelector<HTMLInputElement>("input[name=count]");
    if (!form || !input) return;
    const wished = Number(input.value) + Number(button.dataset["step"]);
    input.value = String(Math.min(Math.max(wished, Number(input.min)), Number(input.max)));
    const shown = form.querySelector("[data-count]");
    if (shown) shown.textContent = input.value;
  }

  #search(code: string): void {
    const form = this.querySelector<HTMLFormElement>("form[data-scan]");
    if (this.#busy) return;
    const action = form?.getAttribute("action") ?? "/till";
    this.#run({ url: `${action}?${new URLSearchParams({ q: code })}`, method: "get", body: undefined, presser: null }, true);
  }

  /** Back and forward, but not to a token: that is read and erased. */
  #wander(): void {
    if (!carriesToken(location.hash)) this.#run({ url: location.href, method: "get", body: undefined, presser: null }, false);
  }

  #key(event: KeyboardEvent): void {
    clearTimeout(this.#alone);
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (this.#haste.tooSoon(event)) {
      event.preventDefault();
      return;
    }
    const typing = (event.target as Element).closest?.("input, select, textarea");
    const dialog = this.querySelector("dialog[open]");
    if (event.key === "Escape" && !dialog) {
      const start = this.querySelector<HTMLElement>("[data-start]");
      if (typing instanceof HTMLInputElement && typing.value !== "") empty(typing);
      else start?.click();
    } else if (typing || dialog) {
      // The field is there already; the shortcut is no part of a number.
      if (event.key === "/" && typing instanceof HTMLInputElement && typing.closest("form[data-scan]") && typing.value === "") event.preventDefault();
    } else if (isSingle(event) && !areOn()) {
      return;
    } else if (event.key === "/") {
      const field = this.querySelector<HTMLInputElement>("form[data-scan] input");
      if (!field) return;
      event.preventDefault();
      field.focus();
      field.select();
    } else if (event.key === "?") {
      event.preventDefault();
      document.querySelector<HTMLDialogElement>("#shortcuts")?.showModal();
    } else if (event.key.toLowerCase() === "z") {
      // A hand scanner types letters too: only a key that stands alone is a person's. Undoing takes an Enter more.
      this.#alone = window.setTimeout(() => this.querySelector<HTMLElement>("form[data-undo] button")?.focus(), ALONE_AFTER_MS);
    } else if (event.key === "Enter" && !(event.target as Element).closest("button, a, summary")) {
      const start = this.#region()?.dataset["tone"] ? this.querySelector<HTMLElement>("[data-start]") : null;
      if (start) start.click();
      else this.querySelector<HTMLFormElement>("form[data-primary]")?.requestSubmit();
    }
  }

  #run(action: Action, push: boolean): void {
    // A scanned code may end in a letter that is a shortcut; what was found must not hear it.
    clearTimeout(this.#alone);
    this.#finish();
    this.#haste.shown();
    this.#action = action;
    this.#busy = true;
    action.presser?.setAttribute("aria-busy", "true");
    this.#send(action, push);
  }

  /** Sends an action; sending it again carries the same key, so the server counts it once. */
  #send(action: Action, push: boolean): void {
    this.#controller?.abort();
    const controller = new AbortController();
    this.#controller = controller;
    this.#timers = [
      window.setTimeout(() => this.#show("waiting", true), SHOW_WAITING_AFTER_MS),
      window.setTimeout(() => this.#stuck(false), SLOW_AFTER_MS),
    ];
    const init: RequestInit = { method: action.method, signal: controller.signal, headers: { Accept: "text/html" }, credentials: "same-origin" };
    if (action.body) init.body = action.body;
    const lost = (): void => {
      if (controller.signal.aborted) return;
      this.#stuck(true);
      this.#network(false);
    };
    fetch(action.url, init)
      .then(async (answer) => ({ answer, html: await answer.text() }))
      .then(({ answer, html }) => this.#arrive(action, answer, html, push), lost);
  }

  #arrive(action: Action, answer: Response, html: string, push: boolean): void {
    const page = new DOMParser().parseFromString(html, "text/html");
    const fresh = page.querySelector<HTMLElement>("[data-region]");
    const old = this.#region();
    const isLook = action.method === "get";
    this.#network(true);
    if (!fresh || !old) {
      if (isLook && answer.status < 500) location.assign(answer.url);
      else if (isRefusal(answer, page)) this.#giveWay(page);
      // Nobody knows whether it was done: the same key asks again.
      else this.#stuck(true);
      return;
    }
    this.#finish();
    old.replaceWith(fresh);
    followTurn(this, page);
    document.title = page.title;
    // Language and look lead back to what is open now.
    const back = page.querySelector<HTMLInputElement>("input[name=back]")?.value;
    for (const field of this.querySelectorAll<HTMLInputElement>("input[name=back]")) field.value = back ?? field.value;
    // An answer to a POST has no address of its own: going back must not send it again.
    if (push && answer.url !== location.href && (isLook || answer.redirected)) history.pushState(null, "", answer.url);
    window.scrollTo(0, 0);
    this.#haste.shown();
    this.#dress(false);
  }

  /** A refusal with a page of its own, such as the pairing form after the session ended: it takes this one's place. */
  #giveWay(page: Document): void {
    this.#finish();
    document.title = page.title;
    document.body.replaceWith(page.body);
    document.querySelector<HTMLElement>("#main")?.focus();
    window.addEventListener("popstate", () => location.reload());
  }

  #finish(): void {
    this.#hush();
    this.#action?.presser?.removeAttribute("aria-busy");
    this.#action = undefined;
    this.#busy = false;
  }

  /** Gives up what is late or lost. The form keeps its key: pressed again, it is the same wish. */
  #leave(): void {
    this.#controller?.abort();
    this.#finish();
    this.#region()?.focus({ preventScroll: true });
  }

  #hush(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers = [];
    this.#show("waiting", false);
    this.#show("slow", false);
  }

  /** The answer is late or lost: say so and offer to send the same again. */
  #stuck(failed: boolean): void {
    this.#hush();
    this.#haste.shown();
    if (this.#action?.method === "get") this.#busy = false;
    const slow = this.#part("slow-words");
    const lost = this.#part("failed-words");
    if (slow) slow.hidden = failed;
    if (lost) lost.hidden = !failed;
    this.#show("slow", true);
    // Whoever types the next number goes on typing; a write wants an answer.
    if (this.#busy) this.#part("retry")?.focus();
  }

  #show(name: string, visible: boolean): void {
    const part = this.#part(name);
    if (part) part.hidden = !visible;
  }

  #network(there: boolean): void {
    this.#show("online", there);
    this.#show("offline", !there);
    this.#show("away", !there);
  }
}

/** Whether the server itself said no, before anything was done. */
function isRefusal(answer: Response, page: Document): boolean {
  return answer.status >= 400 && answer.status < 500 && page.querySelector("main#main") !== null;
}

/** A key that types a sign. */
function isSingle(event: KeyboardEvent): boolean {
  return event.key.length === 1;
}

/** Empties a field so that everyone who follows it hears of it. */
function empty(field: HTMLInputElement): void {
  field.value = "";
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** `command` and `commandfor` for browsers that do not know them yet. */
function openByCommand(target: Element): void {
  const button = target.closest<HTMLButtonElement>("button[commandfor]");
  if (!button || "commandForElement" in HTMLButtonElement.prototype) return;
  const dialog = document.getElementById(button.getAttribute("commandfor") ?? "");
  if (!(dialog instanceof HTMLDialogElement)) return;
  if (button.getAttribute("command") === "show-modal") dialog.showModal();
  else dialog.close();
}

customElements.define("trei-till", Till);
window.addEventListener("hashchange", pair);
pair();
