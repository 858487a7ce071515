// What a form would do, asked of the server while it is typed. What is shown belongs to what stands in the form: from
// the first change on it is hidden, and where no answer comes, the words of the beginning stand there again.

/** Typing must rest this long before the server is asked. */
const REST_MS = 150;

export class Preview {
  readonly #place: HTMLElement | null;
  readonly #url: string;
  readonly #hint: Node[];
  #timer = 0;
  #asked = 0;

  constructor(form: HTMLFormElement) {
    this.#place = form.querySelector<HTMLElement>("[data-preview-place]");
    this.#url = form.dataset["preview"] ?? "";
    this.#hint = [...(this.#place?.childNodes ?? [])];
  }

  /** Nothing is typed: the words of the beginning. */
  reset(): void {
    this.#unknown();
    this.#show(this.#hint);
  }

  /** Asks once typing rests. */
  ask(body: () => URLSearchParams): void {
    const asked = this.#unknown();
    this.#timer = window.setTimeout(() => void this.#fetch(asked, body()), REST_MS);
  }

  /** What was shown is no longer true, and answers under way come too late. */
  #unknown(): number {
    clearTimeout(this.#timer);
    this.#place?.setAttribute("aria-busy", "true");
    this.#asked += 1;
    return this.#asked;
  }

  #show(nodes: Iterable<Node>): void {
    this.#place?.replaceChildren(...nodes);
    this.#place?.removeAttribute("aria-busy");
  }

  async #fetch(asked: number, body: URLSearchParams): Promise<void> {
    let told: Node[] = this.#hint;
    try {
      const answer = await fetch(this.#url, { method: "post", body, headers: { Accept: "text/html" } });
      const html = await answer.text();
      if (answer.ok && !answer.redirected) told = [...new DOMParser().parseFromString(html, "text/html").body.childNodes];
    } catch {
      // A preview is a help, not a condition: the form can be sent without it.
      this.#place?.dispatchEvent(new CustomEvent("unreachable", { bubbles: true }));
    }
    // An older answer must not replace a newer one.
    if (asked === this.#asked) this.#show(told);
  }
}
