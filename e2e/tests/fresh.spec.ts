// CRD-3: where the program asks for it, the open card shows a code that is another every half minute, and the till wants it.
import { axe, fitsInWidth } from "../checks.ts";
import { expect, LANGUAGES, test } from "../fixtures.ts";
import { pad, till } from "../pages.ts";
import { Shop } from "../shop.ts";

const code = ".qr-place svg.qr";

test("the open card shows a living code, quietly, and without script the still one", async ({ browse }) => {
  const shop = Shop.at("marigold", "stamps");
  const card = await shop.enroll();
  const plain = await browse({ size: "phone", script: false });
  await plain.goto(card.link);
  const still = await plain.locator(code).innerHTML();
  await expect(plain.locator("[data-live-code]")).toBeHidden();
  for (const look of ["light", "dark"] as const) {
    const page = await browse({ size: "small", look });
    await page.goto(card.link);
    await expect(page.getByText("This code is new every half minute.")).toBeVisible();
    expect(await page.locator(code).innerHTML(), "the living code is another one").not.toBe(still);
    await axe(page);
    await fitsInWidth(page);
  }
});

test("the code goes on by itself, and without the network the still one comes back", async ({ browse }) => {
  const shop = Shop.at("marigold", "stamps");
  const card = await shop.enroll();
  const plain = await browse({ size: "phone", script: false });
  await plain.goto(card.link);
  const still = await plain.locator(code).innerHTML();
  const page = await browse({ size: "phone" });
  await page.clock.install();
  let asked = 0;
  let isAway = false;
  // The answer a phone without a network gets, told without one: what the browser itself says of it is not ours.
  await page.route("**/code", async (route) => {
    asked += 1;
    await (isAway ? route.fulfill({ status: 200, contentType: "text/html", body: "" }) : route.continue());
  });
  await page.goto(card.link);
  const words = page.getByText("This code is new every half minute.");
  await expect(words).toBeVisible();
  expect(asked).toBe(1);
  await page.clock.runFor(31_000);
  await expect.poll(() => asked, "the next half minute has its own code").toBeGreaterThan(1);
  isAway = true;
  await page.clock.runFor(40_000);
  await expect(words, "the last code stays for a while").toBeVisible();
  await page.clock.runFor(60_000);
  await expect(words).toBeHidden();
  expect(await page.locator(code).innerHTML()).toBe(still);
  isAway = false;
  await page.clock.runFor(6_000);
  await expect(words).toBeVisible();
});

test("a till that only knows the number is told what to scan, and hands out nothing", async ({ atTill, guard }) => {
  const shop = Shop.at("marigold", "stamps");
  const card = await shop.enroll();
  await shop.give(card, "stamp", shop.reward.cost);
  const counter = await atTill(shop);
  await till.find(counter, card);
  await expect(counter.getByText("please scan the code on the customer’s open card")).toBeVisible();
  await axe(counter);
  await till.redeemButton(counter).click();
  guard.expect(409);
  await till.confirmButton(counter).click();
  await till.says(counter, "no");
  expect(await shop.balance(card)).toMatchObject({ stamps: shop.reward.cost });
});

test("the customer confirms on their open card, and the till hands out what they were asked", async ({ browse, atTill, guard }) => {
  const shop = Shop.at("marigold", "stamps");
  const card = await shop.enroll();
  await shop.give(card, "stamp", shop.reward.cost);
  const customer = await browse({ size: "phone" });
  await customer.goto(card.link);
  await expect(customer.getByText("This code is new every half minute.")).toBeVisible();
  const counter = await atTill(shop);
  await till.find(counter, card);
  await till.redeemButton(counter).click();
  guard.expect(409);
  await till.confirmButton(counter).click();
  await till.says(counter, "no");
  await till.askCustomer(counter).click();
  await expect(counter.locator("[data-look-again]")).toBeVisible();
  await axe(counter);
  // The open page asks by itself, and says so to who cannot see it.
  const yes = customer.locator('form[action*="/confirmations/"] button[value=yes]');
  await expect(yes).toBeVisible();
  await expect(customer.locator("[data-live]")).toContainText("?");
  await axe(customer);
  await fitsInWidth(customer);
  await yes.focus();
  await customer.keyboard.press("Enter");
  await expect(customer).toHaveURL(/said=yes$/);
  await expect(customer.locator(".notice.positive")).toBeVisible();
  await expect(yes).toHaveCount(0);
  // The till hears of it without a press, and hands out with one.
  await expect(till.result(counter)).toHaveAttribute("data-tone", "yes");
  await axe(counter);
  await till.handOut(counter).click();
  const cashier = shop.merchant.staff.find((person) => person.role === "cashier");
  await pad.show(counter, cashier ?? { name: "", pin: "" });
  await till.says(counter, "yes");
  expect(await shop.balance(card)).toMatchObject({ stamps: 0 });
});

test("a no is heard at the till, and the customer's page needs no script for it", async ({ browse, atTill, guard }) => {
  const shop = Shop.at("marigold", "stamps");
  const card = await shop.enroll();
  await shop.give(card, "stamp", shop.reward.cost);
  const counter = await atTill(shop);
  const customer = await browse({ size: "phone", script: false });
  await till.find(counter, card);
  await till.redeemButton(counter).click();
  guard.expect(409);
  await till.confirmButton(counter).click();
  await till.askCustomer(counter).click();
  await expect(counter.locator("[data-look-again]")).toBeVisible();
  await customer.goto(card.link);
  await customer.locator('form[action*="/confirmations/"] button[value=no]').click();
  await expect(customer).toHaveURL(/said=no$/);
  await till.says(counter, "no");
  await expect(till.headline(counter)).toHaveText("The customer said no");
  expect(await shop.balance(card)).toMatchObject({ stamps: shop.reward.cost });
});

for (const language of LANGUAGES) {
  test(`question and answer in ${language} are accessible and fit a small screen`, async ({ browse }) => {
    const pages = ["storefront-card/asked", "storefront-card/said-yes", "till-confirming/waiting", "till-confirming/yes", "till-confirming/no", "till-confirming/over"];
    for (const look of ["light", "dark"] as const) {
      const page = await browse({ look, size: "small" });
      for (const name of pages) {
        await page.goto(`/style/${name}?lang=${language}`);
        await axe(page);
        await fitsInWidth(page);
      }
    }
  });
}
