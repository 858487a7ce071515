// J7: a mistake is undone: the value goes back, and both rows stay in the history.
import { expect, test } from "../fixtures.ts";
import { customer, till } from "../pages.ts";
import { Shop } from "../shop.ts";

test("a stamp is taken back, can be given again at once, and the history tells both", async ({ atTill, browse }) => {
  const shop = Shop.with("stamps");
  const card = await shop.enroll();
  const counter = await atTill(shop);
  await till.find(counter, card);
  await till.stampButton(counter).click();
  await till.says(counter, "yes");
  const first = await shop.balance(card);
  expect(first.stamps).toBeGreaterThan(0);
  await till.undoButton(counter).click();
  await expect.poll(async () => (await shop.balance(card)).stamps).toBe(0);

  const page = await browse({ size: "phone" });
  await page.goto(`${card.link}/history`);
  const told = await customer.events(page).count();
  expect(told, "the stamp and its undoing").toBeGreaterThanOrEqual(2);

  // The void gives the cooldown back too.
  await counter.goto("/till");
  await till.find(counter, card);
  await till.stampButton(counter).click();
  await till.says(counter, "yes");
  expect(await shop.balance(card)).toEqual(first);
});

test("two quick taps on undo undo once", async ({ atTill }) => {
  const shop = Shop.with("stamps");
  const card = await shop.enroll();
  const counter = await atTill(shop);
  await till.find(counter, card);
  await till.stampButton(counter).click();
  await till.says(counter, "yes");
  await till.undoButton(counter).dblclick();
  await expect.poll(async () => (await shop.balance(card)).stamps).toBe(0);
  const types = (await shop.events(card)).map((event) => event.type);
  expect(types.filter((type) => type.startsWith("void"))).toHaveLength(1);
});
