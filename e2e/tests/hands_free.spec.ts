// The till without a pointer: hand scanners that type, and people who use the keyboard only.
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { foot, till } from "../pages.ts";
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
  await insist(page, till.nextCustomer(page).first(), till.scan(page));
});

test("by keyboard alone: a reward is redeemed, and taken back with Z and Enter", async ({ atTill }) => {
  const shop = Shop.with("stamps");
  const card = await shop.enroll();
  await shop.give(card, "stamp", shop.reward.cost);
  const page = await atTill(shop);
  await page.keyboard.type(card.number);
  await page.keyboard.press("Enter");
  await reach(page, till.redeemButton(page));
  await page.keyboard.press("Enter");
  await expect(till.question(page)).toBeVisible();
  await reach(page, till.confirmButton(page));
  await insist(page, till.question(page), till.result(page));
  expect(await shop.balance(card)).toMatchObject({ stamps: 0 });
  await page.keyboard.press("z");
  await expect(till.undoButton(page)).toBeFocused();
  expect(await shop.balance(card), "Z alone takes nothing back").toMatchObject({ stamps: 0 });
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await shop.balance(card)).stamps).toBe(shop.reward.cost);
});

test("single keys can be turned off, and the device remembers it", async ({ atTill }) => {
  const shop = Shop.with("points");
  const card = await shop.enroll();
  const page = await atTill(shop);
  await till.find(page, card);
  await page.keyboard.press("7");
  await expect(till.amount(page)).toHaveValue("0.07");
  await page.keyboard.press("?");
  const single = page.getByRole("dialog").getByRole("checkbox");
  await expect(single).toBeChecked();
  await single.click();
  await page.keyboard.press("Escape");
  await page.reload();
  await till.find(page, card);
  for (const key of ["7", "?", "/", "z"]) await page.keyboard.press(key);
  await expect(till.amount(page)).toHaveValue("");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(till.scan(page)).not.toBeFocused();
  // Back on, by the menu: no key opens the list now.
  await till.menu(page).click();
  await page.locator('button[commandfor="shortcuts"][command="show-modal"]').click();
  await single.click();
  await page.keyboard.press("Escape");
  await page.keyboard.press("/");
  await expect(till.scan(page)).toBeFocused();
});

test("between two customers a number can be typed at once, also after a slip", async ({ atTill, guard }) => {
  const shop = Shop.with("stamps");
  const card = await shop.enroll();
  const counter = await atTill(shop);
  await expect(till.scan(counter)).toBeFocused();
  guard.expect(404);
  await counter.keyboard.type("ZZZZZZZZZZ");
  await counter.keyboard.press("Enter");
  await expect(till.problem(counter)).toBeVisible();
  await expect(till.scan(counter)).toBeFocused();
  // What was typed is selected: the next number takes its place.
  await counter.keyboard.type(card.number);
  await counter.keyboard.press("Enter");
  await expect(till.whoFor(counter, card)).toBeVisible();
  // The language is changed on the card that is open, not on the page the till began with.
  await counter.locator("details.menu > summary").click();
  await foot.language(counter, "de").click();
  await expect(till.whoFor(counter, card)).toBeVisible();
  await till.nextCustomer(counter).click();
  await expect(till.scan(counter)).toBeFocused();
});

test("an Enter pressed for what was there before gives no stamp", async ({ atTill }) => {
  const shop = Shop.with("stamps");
  const [held, scanned, typed] = [await shop.enroll(), await shop.enroll(), await shop.enroll()];
  const counter = await atTill(shop);

  // Held down: the keyboard repeats it, also when the card is there.
  await till.scan(counter).fill(held.number);
  for (let turn = 0; turn < 20; turn += 1) await counter.keyboard.down("Enter");
  await expect(till.whoFor(counter, held)).toBeVisible();
  for (let turn = 0; turn < 20; turn += 1) await counter.keyboard.down("Enter");
  await counter.keyboard.up("Enter");

  // A scanner that ends each code with two.
  await counter.keyboard.type(scanned.number, { delay: 8 });
  await counter.keyboard.press("Enter");
  await counter.keyboard.press("Enter");
  await expect(till.whoFor(counter, scanned)).toBeVisible();

  // Typed, and pressed again because nothing seemed to happen.
  await counter.evaluate(enterSoonAfterTheCard, AGAIN_AFTER_MS);
  await till.scan(counter).pressSequentially(typed.number);
  await till.scan(counter).press("Enter");
  await expect(till.whoFor(counter, typed)).toBeVisible();
  await expect(counter.locator("html[data-pressed]")).toBeAttached();
  await expect(till.stampButton(counter), "nothing was answered").toBeVisible();
  for (const seen of [held, scanned, typed]) expect(await shop.stamped(seen)).toEqual({ presses: 0, stamps: 0 });

  // Later, Enter is meant.
  await expect.poll(async () => {
    if (await till.stampButton(counter).isVisible()) await counter.keyboard.press("Enter");
    return (await shop.stamped(typed)).presses;
  }).toBe(1);
});

const AGAIN_AFTER_MS = 300;

/** Presses Enter so long after another card is drawn, by the page's own clock. */
function enterSoonAfterTheCard(afterMs: number): void {
  new MutationObserver((_, observer) => {
    observer.disconnect();
    setTimeout(() => {
      document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
      document.documentElement.dataset["pressed"] = "";
    }, afterMs);
  }).observe(document.querySelector("trei-till")!, { childList: true });
}

const TABS_MAX = 40;

/** Tab until it has the focus, and the focus can be seen. */
async function reach(page: Page, goal: Locator): Promise<void> {
  for (let pressed = 0; pressed < TABS_MAX; pressed += 1) {
    if (await goal.evaluate((element) => element === document.activeElement)) {
      await expect(goal, "what has the focus is on the screen").toBeInViewport();
      const onTop = await goal.evaluate((element) => {
        const box = element.getBoundingClientRect();
        const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        return top !== null && (element.contains(top) || top.contains(element));
      });
      expect(onTop, "and nothing lies over it").toBe(true);
      return;
    }
    await page.keyboard.press("Tab");
  }
  throw new Error(`not reached with ${TABS_MAX} tabs`);
}

/**
 * Enter, on what has just appeared: the first may come too soon to be taken. It is pressed again only while that still
 * stands there, so that on a slow machine it does not press what comes next.
 */
async function insist(page: Page, here: Locator, there: Locator): Promise<void> {
  await expect(async () => {
    if (await here.isVisible()) await page.keyboard.press("Enter");
    await expect(there).toBeVisible({ timeout: 2_000 });
  }).toPass();
}
