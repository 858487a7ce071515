// What every test gets: people with a browser of their own, all watched by one guard.
import { test as plain, type BrowserContext, type Page } from "@playwright/test";
import { Guard } from "./guard.ts";
import { till } from "./pages.ts";
import { base, type Shop } from "./shop.ts";

export { expect } from "@playwright/test";

export const LANGUAGES = ["en", "fr", "de", "lb"] as const;
export type Language = (typeof LANGUAGES)[number];

export const SIZES = {
  small: { width: 320, height: 640 },
  phone: { width: 390, height: 844 },
  tablet: { width: 1024, height: 768 },
  desk: { width: 1440, height: 900 },
  /** A desk of 1280 pixels at 400 %: 320 CSS pixels wide, and low. */
  zoomed: { width: 320, height: 256 },
} as const;

export type Person = {
  language?: Language;
  look?: "light" | "dark";
  size?: keyof typeof SIZES;
  /** Without script, as on a browser that refuses it. */
  script?: boolean;
};

type Fixtures = {
  guard: Guard;
  /** Opens a browser of a new person: no cookie, no cache. */
  browse: (person?: Person) => Promise<Page>;
  /** The same, signed in as the terminal of a shop. */
  atTill: (shop: Shop, person?: Person) => Promise<Page>;
};

export const test = plain.extend<Fixtures>({
  guard: async ({}, use) => {
    const guard = new Guard(base());
    await use(guard);
    const verdict = guard.verdict();
    if (verdict.length > 0) throw new Error(verdict.join("\n"));
  },

  browse: async ({ browser, guard }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (person = {}) => {
      const context = await browser.newContext({
        baseURL: base(),
        locale: { en: "en-GB", fr: "fr-FR", de: "de-DE", lb: "lb-LU" }[person.language ?? "en"],
        colorScheme: person.look ?? "light",
        viewport: SIZES[person.size ?? "tablet"],
        javaScriptEnabled: person.script ?? true,
        timezoneId: "Europe/Luxembourg",
      });
      guard.watch(context);
      contexts.push(context);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },

  atTill: async ({ browse }, use) => {
    await use(async (shop, person) => {
      const page = await browse(person);
      await till.signIn(page, shop.terminal.token);
      return page;
    });
  },
});
