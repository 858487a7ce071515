// Every page, in four languages, light and dark: accessible as far as a machine sees it, and never wider than the screen.
// First as the style page invents it, in every state; then as the server fills it.
import { axe, fitsInWidth, targetsAreLarge } from "../checks.ts";
import { expect, type Language, LANGUAGES, type Person, SIZES, test } from "../fixtures.ts";
import { customer, till } from "../pages.ts";
import { type Card, Shop } from "../shop.ts";
import type { Page } from "@playwright/test";

type Stop = { name: string; walk: (page: Page, cards: Cards) => Promise<void> };
type Cards = { stamps: Card; points: Card; fresh: Card };

const STOPS: Stop[] = [
  { name: "landing", walk: async (page) => void (await page.goto("/")) },
  { name: "join", walk: async (page) => void (await page.goto(Shop.with("stamps").joinPath)) },
  { name: "card of stamps", walk: async (page, { stamps }) => void (await page.goto(stamps.link)) },
  { name: "card of points", walk: async (page, { points }) => void (await page.goto(points.link)) },
  { name: "new card", walk: async (page, { fresh }) => void (await page.goto(fresh.link)) },
  {
    name: "history",
    walk: async (page, { points }) => {
      await page.goto(`${points.link}/history`);
      await customer.why(page).locator("summary").click();
    },
  },
  { name: "till to pair", walk: async (page) => void (await page.goto("/till")) },
  { name: "till", walk: async (page) => till.signIn(page, Shop.with("stamps").terminal.token) },
  {
    name: "till with a card",
    walk: async (page, { stamps }) => {
      await till.signIn(page, Shop.with("stamps").terminal.token);
      await till.find(page, stamps);
    },
  },
  {
    name: "till asking before a reward",
    walk: async (page, { stamps }) => {
      await till.signIn(page, Shop.with("stamps").terminal.token);
      await till.find(page, stamps);
      await till.redeemButton(page).click();
    },
  },
  {
    name: "till with an amount",
    walk: async (page, { points }) => {
      await till.signIn(page, Shop.with("points").terminal.token);
      await till.find(page, points);
      await till.amount(page).pressSequentially("1250");
      await expect(till.preview(page).locator("[data-total]")).toBeVisible();
    },
  },
];

async function prepare(language: Language): Promise<Cards> {
  const stamps = Shop.with("stamps");
  const points = Shop.with("points");
  const cards = { stamps: await stamps.enroll(language), points: await points.enroll(language), fresh: await stamps.enroll(language) };
  await stamps.give(cards.stamps, "stamp", stamps.reward.cost + 1);
  await points.earn(cards.points, 2350);
  return cards;
}

/** Names, labels and contrasts differ between languages by text alone: each language is read in one look, and each invented
 * page in either look in two languages. */
const LOOKS: Record<Language, "light" | "dark"> = { en: "light", fr: "dark", de: "light", lb: "dark" };

for (const language of LANGUAGES) {
  test(`every page in every state: ${language}`, async ({ browse }) => {
    test.setTimeout(420_000);
    const page = await browse({ language, size: "phone" });
    await page.goto(`/style?lang=${language}`);
    const links = page.locator('a[href^="/style/"]');
    const states = await links.evaluateAll((all) => all.map((link) => link.getAttribute("href")));
    expect(states.length).toBeGreaterThan(40);
    // An invented card with an amount asks for its preview, but no till is signed in.
    await page.route("**/till/cards/**", (asked) => asked.fulfill({ body: "" }));
    for (const [place, state] of [...states, "/docs/api"].entries()) {
      await test.step(`${state}`, async () => {
        await page.emulateMedia({ colorScheme: (place + LANGUAGES.indexOf(language)) % 2 === 0 ? "light" : "dark" });
        await page.goto(`${state}?lang=${language}`);
        await expect(page.locator("html")).toHaveAttribute("lang", language);
        await axe(page);
        for (const size of ["small", "zoomed"] as const) {
          await page.setViewportSize(SIZES[size]);
          await fitsInWidth(page);
        }
        await page.setViewportSize(SIZES.phone);
      });
    }
  });
  test(`axe finds nothing: ${language}, ${LOOKS[language]}`, async ({ browse }) => {
    test.setTimeout(180_000);
    await visitAll(browse, language, { look: LOOKS[language], size: "phone" }, axe);
  });
  for (const size of ["small", "zoomed"] as const) {
    test(`nothing is scrolled sideways: ${language}, ${size}`, async ({ browse }) => {
      test.setTimeout(180_000);
      await visitAll(browse, language, { size }, fitsInWidth);
    });
  }
}

async function visitAll(
  browse: (person?: Person) => Promise<Page>,
  language: Language,
  person: Person,
  check: (page: Page) => Promise<void>,
): Promise<void> {
  const cards = await prepare(language);
  for (const stop of STOPS) {
    await test.step(stop.name, async () => {
      const page = await browse({ ...person, language });
      await stop.walk(page, cards);
      await expect(page.locator("html")).toHaveAttribute("lang", language);
      await check(page);
      await page.context().close();
    });
  }
}

for (const look of ["light", "dark"] as const) {
  test(`the answer that fills the screen is accessible too: yes, wait and no, ${look}`, async ({ atTill, guard }) => {
    test.setTimeout(120_000);
    const shop = Shop.with("stamps");
    const card = await shop.enroll();
    const counter = await atTill(shop, { look });
    await till.find(counter, card);
    const late = await atTill(shop, { look });
    await till.find(late, card);
    await till.stampButton(counter).click();
    await till.says(counter, "yes");
    await checkedResult(counter);
    // The second stamp comes too early, or finds the day's number reached.
    guard.expect(409);
    await till.stampButton(late).click();
    await till.says(late, "wait");
    await checkedResult(late);
    // What is gone is no more to be had.
    const [one, two] = [await atTill(shop, { look }), await atTill(shop, { look })];
    const full = await shop.enroll();
    await shop.give(full, "stamp", shop.reward.cost);
    for (const asking of [one, two]) {
      await till.find(asking, full);
      await till.redeemButton(asking).click();
    }
    await till.confirmButton(one).click();
    await till.says(one, "yes");
    guard.expect(409);
    await till.confirmButton(two).click();
    await till.says(two, "no");
    await checkedResult(two);
  });
}

async function checkedResult(page: Page): Promise<void> {
  await axe(page);
  await fitsInWidth(page);
  await targetsAreLarge(page, 56);
}
