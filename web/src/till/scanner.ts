// A hand scanner is a keyboard that types faster than any finger and ends with Enter.
// Keys typed outside a field are collected and, on Enter, searched for.

/** A pause longer than this begins a new code. */
const PAUSE_MS = 120;
/** Shorter than this is a person's finger on a shortcut, not a code. */
const LENGTH_MIN = 6;

export class Scanner {
  #typed = "";
  #lastAt = 0;

  constructor(target: Document, found: (code: string) => void) {
    target.addEventListener("keydown", (event) => this.#key(event, found), { capture: true });
  }

  #key(event: KeyboardEvent, found: (code: string) => void): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const field = (event.target as Element).closest?.("input:not([type=hidden]), textarea, select");
    // In the scan field the browser does the same by itself; other fields belong to the person.
    if (field?.closest("form[data-scan]")) return;
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
      this.#typed = quick ? this.#typed + event.key : event.key;
    }
  }
}
