// J5: what is to be pressed stands on the screen as the card opens, and no key lies under it; whatever the tablet or phone.
import { LANGUAGES, expect, test } from "../fixtures.ts";
import { till } from "../pages.ts";
import { type Kind, Shop } from "../shop.ts";
import type { Page } from "@playwright/test";

const SCREENS = [
  { width: 360, height: 780 },
  { width: 768, height: 1024 },
  { width: 1024, height: 768 },
  { width: 1280, height: 800 },
];

const bottom = (page: Page, selector: string) => page.locator(selector).first().evaluate((element) => element.getBoundingClientRect().bottom);

for (const kind of ["points", "hybrid"] as Kind[]) {
  test(`with ${kind} the keys and the button below them are above the fold`, async ({ atTill }) => {
    for (const [turn, screen] of SCREENS.entries()) {
      const shop = Shop.with(kind);
      const card = await shop.enroll();
      const page = await atTill(shop, { language: LANGUAGES[turn] ?? "en" });
      await page.setViewportSize(screen);
      await till.find(page, card);
      const button = await till.amountButton(page).boundingBox();
      expect(button?.y, JSON.stringify(screen)).toBeGreaterThanOrEqual(await bottom(page, "[data-erase]"));
      expect((button?.y ?? 0) + (button?.height ?? 0), JSON.stringify(screen)).toBeLessThanOrEqual(screen.height);
      // Afterwards there is something to take back: on a tablet the way to the next customer is still there.
      await till.amount(page).pressSequentially("2350");
      await expect(till.preview(page).locator("[data-total]")).toBeVisible();
      await till.amountButton(page).click();
      await till.says(page, "yes");
      await till.nextCustomer(page).click();
      await till.find(page, card);
      await expect(till.undoButton(page)).toBeAttached();
      if (screen.width > 400) expect(await bottom(page, "main a[data-start]"), JSON.stringify(screen)).toBeLessThanOrEqual(screen.height);
    }
  });
}

test("the scan field says all it has to say, and a reward's way stays in one piece", async ({ atTill, browse }) => {
  const shop = Shop.with("points");
  const card = await shop.enroll();
  for (const language of LANGUAGES) {
    const counter = await atTill(shop, { language, size: "small" });
    const spare = await till.scan(counter).evaluate((field: HTMLInputElement) => {
      const style = getComputedStyle(field);
      const ruler = document.createElement("span");
      ruler.textContent = field.placeholder;
      // The placeholder is lighter than what is typed.
      Object.assign(ruler.style, { font: style.font, fontWeight: "400", position: "absolute", whiteSpace: "nowrap" });
      document.body.append(ruler);
      const room = field.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight);
      return room - ruler.getBoundingClientRect().width;
    });
    expect(spare, language).toBeGreaterThanOrEqual(0);
    const page = await browse({ language, size: "small" });
    await page.goto(card.link);
    const rows = page.locator(".rewards .row > .small");
    expect(await rows.count()).toBeGreaterThan(0);
    const heights = await rows.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height / Number.parseFloat(getComputedStyle(one).lineHeight)));
    expect(Math.max(...heights), language).toBeLessThan(1.5);
  }
});
