// J6: a full card becomes a reward: one question, one answer that names what to hand over.
import { picture } from "../checks.ts";
import { expect, test } from "../fixtures.ts";
import { customer, till } from "../pages.ts";
import { Shop } from "../shop.ts";

test("a reward is ready, asked about once, and handed over", async ({ atTill, browse }) => {
  const shop = Shop.with("stamps");
  const card = await shop.enroll();
  await shop.give(card, "stamp", shop.reward.cost + 1);
  const watching = await browse({ size: "phone" });
  await watching.goto(card.link);
  const counter = await atTill(shop);
  await till.find(counter, card);
  await till.redeemButton(counter).click();
  await expect(till.question(counter)).toBeVisible();
  await picture(counter, "till-redeem");
  await till.confirmButton(counter).click();
  await till.says(counter, "yes");
  await expect(till.result(counter).locator(".claim")).not.toBeEmpty();
  expect(await shop.balance(card), "the surplus stays").toMatchObject({ stamps: 1 });
  await expect(customer.words(watching)).toContainText(`1 of ${shop.reward.cost} `);
});

test("the question can be left without a trace", async ({ atTill }) => {
  const shop = Shop.with("stamps");
  const card = await shop.enroll();
  await shop.give(card, "stamp", shop.reward.cost);
  const counter = await atTill(shop);
  await till.find(counter, card);
  await till.redeemButton(counter).click();
  await expect(till.question(counter)).toBeVisible();
  await counter.keyboard.press("Escape");
  await expect(till.question(counter)).toBeHidden();
  await expect(till.redeemButton(counter), "the focus returns to what opened it").toBeFocused();
  expect(await shop.balance(card)).toMatchObject({ stamps: shop.reward.cost });
});

test("a card that is not full offers nothing to redeem", async ({ atTill }) => {
  const shop = Shop.with("stamps");
  const card = await shop.enroll();
  await shop.give(card, "stamp", shop.cheapest - 1);
  const counter = await atTill(shop);
  await till.find(counter, card);
  await expect(till.stampButton(counter)).toBeVisible();
  await expect(till.redeemButton(counter)).toHaveCount(0);
});

test("two tills redeem one reward at once: one success", async ({ atTill, guard }) => {
  const shop = Shop.with("stamps");
  const card = await shop.enroll();
  await shop.give(card, "stamp", shop.reward.cost);
  const tills = [await atTill(shop), await atTill(shop)];
  for (const counter of tills) {
    await till.find(counter, card);
    await till.redeemButton(counter).click();
  }
  guard.expect(409);
  await Promise.all(tills.map((counter) => till.confirmButton(counter).click()));
  const tones = await Promise.all(tills.map(async (counter) => {
    await expect(till.result(counter)).toBeVisible();
    return till.result(counter).getAttribute("data-tone");
  }));
  expect(tones.filter((tone) => tone === "yes")).toHaveLength(1);
  expect(await shop.balance(card)).toMatchObject({ stamps: 0 });
});

test("points that pay say what to take off, before and after", async ({ atTill }) => {
  const shop = Shop.with("points");
  const card = await shop.enroll();
  await shop.give(card, "point", 900);
  const counter = await atTill(shop);
  await till.find(counter, card);
  const id = await counter.locator("dialog:has(input[name=points])").getAttribute("id");
  await counter.locator(`button[commandfor="${id}"][command="show-modal"]`).click();
  await expect(till.question(counter)).toHaveAccessibleName(/\S/);
  // The same reading as at the pad: cents first.
  await till.payable(counter).pressSequentially("10000");
  await expect(till.payable(counter)).toHaveValue("100.00");
  await expect(till.worth(counter).locator("[data-most]")).toContainText("900 points");
  await till.useMost(counter).click();
  await expect(till.points(counter)).not.toHaveValue("");
  await expect(till.worth(counter)).toContainText("Left to pay");
  await till.points(counter).fill("600");
  await expect(till.worth(counter)).toContainText("€30.00");
  await expect(till.worth(counter)).toContainText("600 points");
  await till.points(counter).fill("400");
  await expect(till.worth(counter)).toContainText("€20.00");
  await picture(counter, "till-pay-with-points");
  await till.confirmButton(counter).click();
  await till.says(counter, "yes");
  await expect(till.headline(counter)).toContainText("€20.00");
  expect(await shop.balance(card)).toMatchObject({ points: 500 });
});

test("without script the question says the most, and takes nothing before it is confirmed", async ({ atTill, guard }) => {
  const shop = Shop.with("points");
  const card = await shop.enroll();
  await shop.give(card, "point", 900);
  const counter = await atTill(shop, { script: false });
  await till.find(counter, card);
  const id = await counter.locator("dialog:has(input[name=points])").getAttribute("id");
  await counter.locator(`button[commandfor="${id}"][command="show-modal"]`).click();
  await till.payable(counter).fill("100");
  guard.expect(422);
  await till.confirmButton(counter).click();
  await expect(till.points(counter)).not.toHaveValue("");
  expect(await shop.balance(card)).toMatchObject({ points: 900 });
  const most = Number(await till.points(counter).inputValue());
  await till.confirmButton(counter).click();
  await till.says(counter, "yes");
  expect(await shop.balance(card)).toMatchObject({ points: 900 - most });
});
