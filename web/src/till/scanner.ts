// A hand scanner is a keyboard that types a code in one go and ends with Enter.
// Keys typed outside a field are collected and, on Enter, searched for.

/** A pause longer than this begins a new code. */
const PAUSE_MS = 500;
/** Shorter than this is a shortcut or an amount, not a code. */
const LENGTH_MIN = 8;

export class Scanner {
  #typed = "";
  #lastAt = 0;

  constructor(target: Document, signal: AbortSignal, found: (code: string) => void) {
    target.addEventListener("keydown", (event) => this.#key(event, found), { capture: true, signal });
  }

  #key(event: KeyboardEvent, found: (code: string) => void): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const field = (event.target as Element).closest?.("input:not([type=hidden]), textarea, select");
    // In the scan field the browser does the same by itself; other fields belong to the person.
    // A phone number that is typed quickly is no code.
    if (field?.closest("form[data-scan], form[data-by-hand]")) return;
    const quick = event.timeStamp - this.#lastAt < PAUSE_MS;
    this.#lastAt = event.timeStamp;
    if (event.key === "Enter") {
      const code = this.#typed;
      this.#typed = "";
      if (!quick || code.length < LENGTH_MIN) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (field instanceof HTMLInputElement && field.value.endsWith(code)) field.value = field.value.slice(0, -code.length);
      found(code);
    } else if (event.key.length === 1) {
      const before = quick ? this.#typed : "";
      // A code begins with a letter or a digit; `/` and `?` before it are shortcuts.
      this.#typed = before !== "" || /[a-z\d]/i.test(event.key) ? before + event.key : "";
    } else if (event.key !== "Shift") {
      this.#typed = "";
    }
  }
}
