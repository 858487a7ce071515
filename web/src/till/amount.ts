// The amount pad: keys for the amount of a purchase, and what the amount would give.
import { Cents } from "./cents";
import { areOn } from "./keys";
import { Preview } from "./preview";

export class AmountPad {
  readonly #form: HTMLFormElement;
  readonly #cents: Cents;

  constructor(form: HTMLFormElement) {
    const field = form.querySelector<HTMLInputElement>("input[data-cents]")!;
    const preview = new Preview(form);
    this.#form = form;
    form.addEventListener("amount", () => {
      if (field.value === "") preview.reset();
      else preview.ask(() => new URLSearchParams({ amount: field.value }));
    });
    this.#cents = new Cents(field);
    const pad = form.querySelector<HTMLElement>("[data-pad]");
    if (pad) pad.hidden = false;
    // A pressed digit takes no focus, so that Enter still confirms.
    pad?.addEventListener("pointerdown", (event) => event.preventDefault());
    pad?.addEventListener("mousedown", (event) => event.preventDefault());
    // The pad is the keyboard here; a tablet's own would cover it.
    field.inputMode = "none";
    form.addEventListener("click", (event) => this.#press(event));
    document.addEventListener("keydown", this.#elsewhere);
  }

  #press(event: MouseEvent): void {
    const target = event.target as Element;
    const digit = target.closest<HTMLElement>("[data-digit]")?.dataset["digit"];
    if (digit) this.#cents.push(digit);
    else if (target.closest("[data-erase]")) this.#cents.erase();
  }

  /** Digits typed while no field has the focus belong to the amount. */
  readonly #elsewhere = (event: KeyboardEvent): void => {
    if (!this.#form.isConnected) {
      document.removeEventListener("keydown", this.#elsewhere);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (!areOn() || (event.target as Element).closest("input, textarea, select")) return;
    if (/^\d$/.test(event.key)) this.#cents.push(event.key);
    else if (event.key === "Backspace") this.#cents.erase();
  };
}
