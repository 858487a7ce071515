// Watches every page of a test: nothing on the console, nothing broken, nobody else asked.
//
// A refusal that a test provokes is announced before; the browser notes each 4xx answer on the console by itself.
import type { BrowserContext, Page } from "@playwright/test";

export class Guard {
  readonly complaints: string[] = [];
  private expected: string[] = [];

  constructor(private readonly origin: string) {}

  watch(context: BrowserContext): void {
    context.on("request", (request) => {
      const address = request.url();
      if (!address.startsWith(`${this.origin}/`) && !/^(data|blob):/.test(address)) {
        this.complain(`a request left the server: ${address}`);
      }
    });
    context.on("requestfailed", (request) => {
      // Only the browser itself says "aborted": a page that is left takes with it what it was still reading (its stream, its
      // icon, a font). What a server breaks off has another name, and an act or a page that is given up stays a complaint.
      const reason = request.failure()?.errorText ?? "unknown";
      const leaving = reason === "net::ERR_ABORTED" && request.method() === "GET" && request.resourceType() !== "document";
      if (!leaving) this.complain(`a request failed: ${request.method()} ${request.url()} ${reason}`);
    });
    context.on("weberror", (error) => this.complain(`a page threw: ${error.error().message}`));
    context.on("page", (page) => this.listen(page));
  }

  /** The test provokes an answer with this status, or a failure with this reason, once. */
  expect(refusal: number | string): void {
    this.expected.push(typeof refusal === "number" ? `status of ${refusal} ` : refusal);
  }

  /** What is wrong, once the test is over: complaints, and refusals that never came. */
  verdict(): string[] {
    return [...this.complaints, ...this.expected.map((refusal) => `was announced and never came: ${refusal}`)];
  }

  private listen(page: Page): void {
    page.on("console", (message) => this.complain(`the console said: ${message.type()} ${message.text()}`));
  }

  private complain(text: string): void {
    const announced = this.expected.findIndex((refusal) => text.includes(refusal));
    if (announced >= 0) this.expected.splice(announced, 1);
    else this.complaints.push(text);
  }
}
