// The counter and the customer look at one card: both tell the same, and neither changes it.
import { picture, pictureOfBoth } from "../checks.ts";
import { expect, test } from "../fixtures.ts";
import { customer, till } from "../pages.ts";
import { Shop } from "../shop.ts";

test("a card of the year says the same at the till and in the customer's hand", async ({ atTill, browse }) => {
  const shop = Shop.with("stamps");
  const card = await shop.regular();
  const counter = await atTill(shop);
  await till.find(counter, card);
  const phone = await browse({ size: "phone" });
  await phone.goto(card.link);
  await expect(customer.words(phone)).toContainText(`${(await shop.balance(card)).stamps} of ${shop.reward.cost} `);
  expect(await customer.words(counter).innerText()).toBe(await customer.words(phone).innerText());
  await picture(counter, "till-regular");
  await picture(phone, "card-regular");
  await pictureOfBoth(await browse(), counter, phone, "card-and-till");
});

test("the pages are what they are in the dark too", async ({ atTill, browse }) => {
  const shop = Shop.with("points");
  const card = await shop.enroll();
  await shop.earn(card, 4200);
  const counter = await atTill(shop, { look: "dark" });
  const light = await atTill(shop);
  const ink = (page: typeof counter) => page.evaluate(() => getComputedStyle(document.body).color);
  expect(await ink(counter)).not.toBe(await ink(light));
  await till.find(counter, card);
  await picture(counter, "till-dark");
  const phone = await browse({ size: "phone", look: "dark", language: "fr" });
  await phone.goto(card.link);
  await picture(phone, "card-points-dark");
});
