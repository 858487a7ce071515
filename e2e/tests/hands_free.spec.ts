// The till without a pointer: hand scanners that type, and people who use the keyboard only.
import { expect, test } from "../fixtures.ts";
import { till } from "../pages.ts";
import { Shop } from "../shop.ts";

test("a hand scanner types into no field and the card opens", async ({ atTill }) => {
  const shop = Shop.with("stamps");
  const card = await shop.enroll();
  const counter = await atTill(shop);
  await counter.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await counter.keyboard.type(card.number, { delay: 8 });
  await counter.keyboard.press("Enter");
  await expect(till.whoFor(counter, card)).toBeVisible();

  // The next customer's card, while this one is still open.
  const next = await shop.enroll();
  await counter.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await counter.keyboard.type(next.number, { delay: 8 });
  await counter.keyboard.press("Enter");
  await expect(till.whoFor(counter, next)).toBeVisible();
});

test("by keyboard alone: sign in, find, stamp, undo, next", async ({ browse }) => {
  const shop = Shop.with("stamps");
  const card = await shop.enroll();
  const page = await browse();
  await page.goto("/till");
  await reach(page, till.token(page));
  await page.keyboard.type(shop.terminal.token);
  await page.keyboard.press("Enter");
  await expect(till.scan(page)).toBeVisible();

  await page.keyboard.press("/");
  await expect(till.scan(page)).toBeFocused();
  await page.keyboard.type(card.number);
  await page.keyboard.press("Enter");
  await expect(till.stampButton(page)).toBeVisible();
  await reach(page, till.stampButton(page));
  await page.keyboard.press("Enter");
  await till.says(page, "yes");
  expect(await shop.stamped(card)).toEqual({ presses: 1, stamps: 1 });

  await reach(page, till.undoButton(page));
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await shop.balance(card)).stamps).toBe(0);
  await reach(page, till.nextCustomer(page));
  await page.keyboard.press("Enter");
  await expect(till.scan(page)).toBeVisible();
});

const TABS_MAX = 40;

/** Tab until it has the focus, and the focus can be seen. */
async function reach(page: import("@playwright/test").Page, goal: import("@playwright/test").Locator): Promise<void> {
  for (let pressed = 0; pressed < TABS_MAX; pressed += 1) {
    if (await goal.evaluate((element) => element === document.activeElement)) {
      const box = await goal.boundingBox();
      expect(box, "what has the focus is on the screen").not.toBeNull();
      return;
    }
    await page.keyboard.press("Tab");
  }
  throw new Error(`not reached with ${TABS_MAX} tabs`);
}
