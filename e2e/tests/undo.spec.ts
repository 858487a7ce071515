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
  await expect(customer.events(page), "the opening, the stamp and its undoing").toHaveCount(3);
  await expect(customer.events(page).first()).toContainText("Taken back: Stamp");

  // The void gives the cooldown back too.
  await counter.goto("/till");
  await till.find(counter, card);
  await till.stampButton(counter).click();
  await till.says(counter, "yes");
  expect(await shop.balance(card)).toEqual(first);
});

test("a reward that is taken back is named, with what is on the card again", async ({ atTill }) => {
  const shop = Shop.with("stamps");
  const card = await shop.enroll();
  await shop.give(card, "stamp", shop.reward.cost);
  const counter = await atTill(shop);
  await till.find(counter, card);
  const name = await till.rewardName(counter);
  await till.redeemButton(counter).click();
  await till.confirmButton(counter).click();
  await till.says(counter, "yes");
  await till.undoButton(counter).click();
  await expect(till.result(counter)).toContainText(`${name} for this card is taken back. Back on the card: ${shop.reward.cost} stamps.`);
  expect(await shop.balance(card)).toMatchObject({ stamps: shop.reward.cost });
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
