// Enter pressed for what stood there before: a second or a held Enter, or a scanner that ends its codes with two, must
// not press what has just appeared.

/** So long what appeared does not take an Enter that nothing else came before. */
const DEAF_MS = 800;

export class Haste {
  #shownAt = -DEAF_MS;
  #stirredAt = 0;

  /** Something new appeared, or was asked for. */
  shown(): void {
    this.#shownAt = performance.now();
  }

  /** Whether a key is an Enter that cannot be meant. Any other key before it shows that it is. */
  tooSoon(event: KeyboardEvent): boolean {
    if (event.key !== "Enter") {
      this.#stirredAt = event.timeStamp;
      return false;
    }
    if (event.repeat) return true;
    return this.#stirredAt <= this.#shownAt && event.timeStamp - this.#shownAt < DEAF_MS;
  }
}
