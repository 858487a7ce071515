// A sum of money is typed cents first: 1-2-5-0 becomes 12,50, in every field of the till that takes one.
// What is pasted, or filled in by something else than fingers, is a whole amount. One that cannot be read so stays as it
// is, for the server to refuse. Without this script the field takes the amount as typed, with comma or point.

const DIGITS_MAX = 9;

export class Cents {
  readonly field: HTMLInputElement;
  readonly #minor: number;
  readonly #separator: string;
  #digits = "";

  constructor(field: HTMLInputElement) {
    this.field = field;
    this.#minor = Number(field.dataset["cents"]);
    this.#separator = field.dataset["separator"] ?? ".";
    field.addEventListener("beforeinput", (event) => this.#type(event));
    // What changes the field past `beforeinput`: Esc and filling in, or a keyboard that composes digits.
    field.addEventListener("input", (event) => {
      const composed = event instanceof InputEvent && /^(insertText|insertCompositionText|delete)/.test(event.inputType);
      if (composed) this.#set(field.value);
      else if (event.isTrusted || field.value === "") this.#whole(field.value);
    });
    // What comes back was typed whole, perhaps without this script.
    if (field.value) this.#whole(field.value);
  }

  /** One more digit, from a key that stands elsewhere. */
  push(digit: string): void {
    this.#set(this.#digits + digit);
  }

  erase(): void {
    this.#set(this.#digits.slice(0, -1));
  }

  #type(event: InputEvent): void {
    const { inputType } = event;
    if (inputType === "insertLineBreak" || !event.cancelable) return;
    event.preventDefault();
    const selected = this.field.selectionStart !== this.field.selectionEnd;
    const text = event.data ?? "";
    if (inputType === "insertFromPaste" || inputType === "insertFromDrop") this.#whole(event.dataTransfer?.getData("text") || text);
    else if (inputType === "insertReplacementText") this.#whole(event.dataTransfer?.getData("text") || text);
    else if (selected) this.#replace(text);
    else if (inputType === "deleteContentBackward" || inputType === "deleteContentForward") this.erase();
    else if (inputType.startsWith("delete")) this.#set("");
    else this.push(text);
  }

  /** What is typed stands in the place of what is selected. */
  #replace(text: string): void {
    const { value, selectionStart, selectionEnd } = this.field;
    this.#set(value.slice(0, selectionStart ?? 0) + text + value.slice(selectionEnd ?? value.length));
  }

  /** A whole amount: 12,5 means 12,50. What is no such amount is not cut to fit. */
  #whole(text: string): void {
    const [, whole = "", part = ""] = /^(\d+)(?:[.,](\d+))?$/.exec(text.trim()) ?? [];
    const digits = (whole + part.padEnd(this.#minor, "0")).replace(/^0+/, "");
    if (text.trim() === "" || (whole !== "" && part.length <= this.#minor && digits.length <= DIGITS_MAX)) this.#set(digits);
    else this.#show("", text.trim());
  }

  /** The amount is the digits of a text, whatever stands between them. */
  #set(text: string): void {
    const digits = text.replace(/\D/g, "").replace(/^0+/, "").slice(0, DIGITS_MAX);
    const padded = digits.padStart(this.#minor + 1, "0");
    const cut = padded.length - this.#minor;
    const shown = this.#minor > 0 ? padded.slice(0, cut) + this.#separator + padded.slice(cut) : padded;
    this.#show(digits, digits === "" ? "" : shown);
  }

  #show(digits: string, shown: string): void {
    this.#digits = digits;
    this.field.value = shown;
    this.field.dispatchEvent(new CustomEvent("amount", { bubbles: true }));
  }
}
