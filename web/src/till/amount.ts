// The amount pad types cents first (1-2-5-0 becomes 12,50) and shows what the amount would give.
// Without this script the field takes the amount as typed, with comma or point.

/** Typing must rest this long before the server is asked. */
const REST_MS = 150;
const DIGITS_MAX = 9;

export class AmountPad {
  readonly #form: HTMLFormElement;
  readonly #field: HTMLInputElement;
  readonly #minor: number;
  readonly #separator: string;
  readonly #hint: Node[];
  #digits = "";
  #timer = 0;
  #asked = 0;

  constructor(form: HTMLFormElement) {
    this.#form = form;
    this.#field = form.querySelector<HTMLInputElement>("input[name=amount]")!;
    this.#minor = Number(form.dataset["amount"]);
    this.#separator = form.dataset["separator"] ?? ".";
    this.#hint = [...(this.#place?.childNodes ?? [])];
    const pad = form.querySelector<HTMLElement>("[data-pad]");
    if (pad) pad.hidden = false;
    // A pressed digit takes no focus, so that Enter still confirms.
    pad?.addEventListener("pointerdown", (event) => event.preventDefault());
    pad?.addEventListener("mousedown", (event) => event.preventDefault());
    // The pad is the keyboard here; a tablet's own would cover it.
    this.#field.inputMode = "none";
    this.#digits = this.#field.value.replace(/\D/g, "").replace(/^0+/, "");
    form.addEventListener("click", (event) => this.#press(event));
    this.#field.addEventListener("beforeinput", (event) => this.#type(event));
    document.addEventListener("keydown", this.#elsewhere);
    if (this.#digits) this.#show();
  }

  get #place(): HTMLElement | null {
    return this.#form.querySelector<HTMLElement>("[data-preview-place]");
  }

  #press(event: MouseEvent): void {
    const target = event.target as Element;
    const digit = target.closest<HTMLElement>("[data-digit]")?.dataset["digit"];
    if (digit) this.#add(digit);
    else if (target.closest("[data-erase]")) this.#erase();
  }

  #type(event: InputEvent): void {
    event.preventDefault();
    if (event.inputType.startsWith("delete")) this.#erase();
    else if (event.inputType === "insertFromPaste") this.#paste(event.dataTransfer?.getData("text") ?? event.data ?? "");
    else this.#add((event.data ?? "").replace(/\D/g, ""));
  }

  /** A pasted amount is whole: 12,5 means 12,50. */
  #paste(text: string): void {
    const [whole = "", part = ""] = text.trim().split(/[.,](?=\d{0,3}$)/);
    this.#digits = "";
    this.#add(whole.replace(/\D/g, "") + part.padEnd(this.#minor, "0").slice(0, this.#minor));
  }

  /** Digits typed while no field has the focus belong to the amount. */
  readonly #elsewhere = (event: KeyboardEvent): void => {
    if (!this.#form.isConnected) {
      document.removeEventListener("keydown", this.#elsewhere);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if ((event.target as Element).closest("input, textarea, select")) return;
    if (/^\d$/.test(event.key)) this.#add(event.key);
    else if (event.key === "Backspace") this.#erase();
  };

  #add(digits: string): void {
    this.#digits = (this.#digits + digits).replace(/^0+/, "").slice(0, DIGITS_MAX);
    this.#show();
  }

  #erase(): void {
    this.#digits = this.#digits.slice(0, -1);
    this.#show();
  }

  #show(): void {
    const padded = this.#digits.padStart(this.#minor + 1, "0");
    const cut = padded.length - this.#minor;
    const shown = this.#minor > 0 ? padded.slice(0, cut) + this.#separator + padded.slice(cut) : padded;
    this.#field.value = this.#digits === "" ? "" : shown;
    clearTimeout(this.#timer);
    if (this.#digits === "") this.#place?.replaceChildren(...this.#hint);
    else this.#timer = window.setTimeout(() => void this.#preview(), REST_MS);
  }

  async #preview(): Promise<void> {
    const asked = ++this.#asked;
    try {
      const answer = await fetch(this.#form.dataset["preview"] ?? "", {
        method: "post",
        body: new URLSearchParams({ amount: this.#field.value }),
        headers: { Accept: "text/html" },
      });
      const html = await answer.text();
      // An older answer must not replace a newer one.
      if (!answer.ok || asked !== this.#asked || this.#digits === "") return;
      this.#place?.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
    } catch {
      // A preview is a help, not a condition: the amount can be given without it.
    }
  }
}
