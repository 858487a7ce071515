// The amount pad types cents first (1-2-5-0 becomes 12,50) and shows what the amount would give.
// Without this script the field takes the amount as typed, with comma or point.
import { Preview } from "./preview";

const DIGITS_MAX = 9;

export class AmountPad {
  readonly #form: HTMLFormElement;
  readonly #field: HTMLInputElement;
  readonly #minor: number;
  readonly #separator: string;
  readonly #preview: Preview;
  #digits = "";

  constructor(form: HTMLFormElement) {
    this.#form = form;
    this.#field = form.querySelector<HTMLInputElement>("input[name=amount]")!;
    this.#minor = Number(form.dataset["amount"]);
    this.#separator = form.dataset["separator"] ?? ".";
    this.#preview = new Preview(form);
    const pad = form.querySelector<HTMLElement>("[data-pad]");
    if (pad) pad.hidden = false;
    // A pressed digit takes no focus, so that Enter still confirms.
    pad?.addEventListener("pointerdown", (event) => event.preventDefault());
    pad?.addEventListener("mousedown", (event) => event.preventDefault());
    // The pad is the keyboard here; a tablet's own would cover it.
    this.#field.inputMode = "none";
    form.addEventListener("click", (event) => this.#press(event));
    this.#field.addEventListener("beforeinput", (event) => this.#type(event));
    // What changes the field past `beforeinput`, such as Esc, changes the amount too.
    this.#field.addEventListener("input", () => this.#set(this.#field.value));
    document.addEventListener("keydown", this.#elsewhere);
    // What comes back was typed whole, perhaps without this script.
    if (this.#field.value) this.#paste(this.#field.value);
  }

  #press(event: MouseEvent): void {
    const target = event.target as Element;
    const digit = target.closest<HTMLElement>("[data-digit]")?.dataset["digit"];
    if (digit) this.#set(this.#digits + digit);
    else if (target.closest("[data-erase]")) this.#erase();
  }

  #type(event: InputEvent): void {
    const { inputType } = event;
    if (inputType === "insertLineBreak") return;
    event.preventDefault();
    const selected = this.#field.selectionStart !== this.#field.selectionEnd;
    if (inputType === "insertFromPaste") this.#paste(event.dataTransfer?.getData("text") ?? event.data ?? "");
    else if (selected) this.#replace(event.data ?? "");
    else if (inputType === "deleteContentBackward" || inputType === "deleteContentForward") this.#erase();
    else if (inputType.startsWith("delete")) this.#set("");
    else this.#set(this.#digits + (event.data ?? ""));
  }

  /** What is typed stands in the place of what is selected. */
  #replace(text: string): void {
    const { value, selectionStart, selectionEnd } = this.#field;
    this.#set(value.slice(0, selectionStart ?? 0) + text + value.slice(selectionEnd ?? value.length));
  }

  /** A pasted amount is whole: 12,5 means 12,50. */
  #paste(text: string): void {
    const [whole = "", part = ""] = text.trim().split(/[.,](?=\d{0,3}$)/);
    this.#set(whole + part.padEnd(this.#minor, "0").slice(0, this.#minor));
  }

  /** Digits typed while no field has the focus belong to the amount. */
  readonly #elsewhere = (event: KeyboardEvent): void => {
    if (!this.#form.isConnected) {
      document.removeEventListener("keydown", this.#elsewhere);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if ((event.target as Element).closest("input, textarea, select")) return;
    if (/^\d$/.test(event.key)) this.#set(this.#digits + event.key);
    else if (event.key === "Backspace") this.#erase();
  };

  #erase(): void {
    this.#set(this.#digits.slice(0, -1));
  }

  /** The amount is the digits of a text, whatever stands between them. */
  #set(text: string): void {
    this.#digits = text.replace(/\D/g, "").replace(/^0+/, "").slice(0, DIGITS_MAX);
    const padded = this.#digits.padStart(this.#minor + 1, "0");
    const cut = padded.length - this.#minor;
    const shown = this.#minor > 0 ? padded.slice(0, cut) + this.#separator + padded.slice(cut) : padded;
    this.#field.value = this.#digits === "" ? "" : shown;
    if (this.#digits === "") this.#preview.reset();
    else this.#preview.ask(() => new URLSearchParams({ amount: this.#field.value }));
  }
}
