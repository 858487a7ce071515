// The PIN pad: keys for who has no keyboard, and digits typed anywhere for who has one. What was typed is never spoken,
// only how much of it.
const DIGITS_MAX = 12;

export class PinPad {
  readonly #form: HTMLFormElement;
  readonly #field: HTMLInputElement;
  readonly #counted: HTMLElement | null;

  constructor(form: HTMLFormElement) {
    this.#form = form;
    this.#field = form.querySelector<HTMLInputElement>("[data-pin-digits]")!;
    this.#counted = form.querySelector<HTMLElement>("[data-pin-counted]");
    const keys = form.querySelector<HTMLElement>("[data-pin-keys]");
    if (keys) keys.hidden = false;
    const plain = form.querySelector<HTMLElement>("[data-pin-plain]");
    if (plain) plain.hidden = true;
    // A pressed digit takes no focus, so that Enter still confirms.
    keys?.addEventListener("pointerdown", (event) => event.preventDefault());
    keys?.addEventListener("mousedown", (event) => event.preventDefault());
    // The pad is the keyboard here; a tablet's own would cover it.
    this.#field.inputMode = "none";
    this.#field.addEventListener("input", () => this.#hold(this.#field.value));
    form.addEventListener("click", (event) => this.#press(event));
    form.addEventListener("change", (event) => {
      if ((event.target as Element).matches("[name=staff]")) this.#hold("");
    });
    document.addEventListener("keydown", this.#elsewhere);
    // Who is known goes on with the digits; else the names come first.
    if (form.querySelector("[name=staff]:checked")) this.#field.focus({ preventScroll: true });
  }

  #press(event: MouseEvent): void {
    const target = event.target as Element;
    const digit = target.closest<HTMLElement>("[data-digit]")?.dataset["digit"];
    if (digit) this.#hold(this.#field.value + digit);
    else if (target.closest("[data-erase]")) this.#hold(this.#field.value.slice(0, -1));
  }

  #hold(typed: string): void {
    const digits = typed.replace(/\D/g, "").slice(0, DIGITS_MAX);
    if (this.#field.value !== digits) this.#field.value = digits;
    const words = this.#counted?.dataset["words"]?.split("|") ?? [];
    if (this.#counted) this.#counted.textContent = words[digits.length] ?? "";
  }

  /** Digits typed while no field has the focus belong to the PIN. */
  readonly #elsewhere = (event: KeyboardEvent): void => {
    if (!this.#form.isConnected) {
      document.removeEventListener("keydown", this.#elsewhere);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const field = (event.target as Element).closest("input, textarea, select");
    if (field && !field.matches("[name=staff]")) return;
    if (/^\d$/.test(event.key)) this.#hold(this.#field.value + event.key);
    else if (event.key === "Backspace") this.#hold(this.#field.value.slice(0, -1));
  };
}
