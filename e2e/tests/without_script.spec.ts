// Everything a form can do works in a browser that refuses script.
import { expect, test } from "../fixtures.ts";
import { customer, till } from "../pages.ts";
import { Shop } from "../shop.ts";

test("the till signs in, finds, stamps and undoes", async ({ atTill }) => {
  const shop = Shop.with("stamps");
  const card = await shop.enroll();
  const counter = await atTill(shop, { script: false });
  await till.find(counter, card);
  await till.stampButton(counter).click();
  await till.says(counter, "yes");
  expect(await shop.stamped(card)).toEqual({ presses: 1, stamps: 1 });
  await till.undoButton(counter).click();
  expect(await shop.balance(card)).toMatchObject({ stamps: 0 });
  await till.nextCustomer(counter).first().click();
  await expect(till.scan(counter)).toBeVisible();
});

test("going back and sending the same form again gives no second stamp", async ({ atTill }) => {
  const shop = Shop.with("stamps");
  const card = await shop.enroll();
  const counter = await atTill(shop, { script: false });
  await till.find(counter, card);
  const form = { action: await till.stampForm(counter).getAttribute("action"), key: await till.stampForm(counter).locator("[name=idempotency_key]").inputValue() };
  // Another count would be another wish, which the server refuses under the same key.
  const count = (await till.stampCount(counter).count()) > 0 ? `<input name="count" value="1">` : "";
  await till.stampButton(counter).click();
  await till.says(counter, "yes");
  await counter.goBack();
  await counter.setContent(`<form method="post" action="${new URL(form.action ?? "", counter.url()).href}">${count}<input name="idempotency_key" value="${form.key}"><button>again</button></form>`);
  await counter.getByRole("button").click();
  await till.says(counter, "yes");
  expect(await shop.stamped(card)).toEqual({ presses: 1, stamps: 1 });
});

test("card and history can be read", async ({ browse }) => {
  const shop = Shop.with("stamps");
  const card = await shop.enroll();
  await shop.stamp(card);
  const page = await browse({ script: false, size: "phone" });
  await page.goto(card.link);
  await expect(customer.words(page)).toContainText(`${(await shop.balance(card)).stamps} of ${shop.reward.cost} `);
  await customer.historyLink(page).click();
  await expect(customer.events(page).first()).toBeVisible();
});
