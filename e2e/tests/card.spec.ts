// J8: a customer looks at the card and asks why a number is what it is.
import { axe, fitsInWidth, picture } from "../checks.ts";
import { expect, test } from "../fixtures.ts";
import { customer } from "../pages.ts";
import { Shop } from "../shop.ts";

test("the card shows itself in words, its code, and a way to the history", async ({ browse }) => {
  const shop = Shop.with("stamps");
  const card = await shop.enroll();
  await shop.stamp(card);
  for (const look of ["light", "dark"] as const) {
    const page = await browse({ size: "phone", look });
    await page.goto(card.link);
    await expect(customer.words(page)).toContainText(`${(await shop.balance(card)).stamps} of ${shop.reward.cost} `);
    await expect(page.locator("svg.qr")).toBeVisible();
    await picture(page, `card-${look}`);
    await customer.historyLink(page).click();
    await expect(page).toHaveURL(/\/history$/);
    await expect(customer.events(page).first()).toBeVisible();
  }
});

test("the number opens in bars for hand-held scanners, without script too, and stays open when the card moves", async ({ browse }) => {
  const shop = Shop.with("stamps");
  for (const look of ["light", "dark"] as const) {
    const card = await shop.enroll();
    const plain = await browse({ size: "small", look, script: false });
    await plain.goto(card.link);
    await expect(customer.bars(plain)).toBeHidden();
    await customer.barsSwitch(plain).click();
    await expect(customer.bars(plain)).toBeVisible();
    const page = await browse({ size: "small", look });
    await page.goto(card.link);
    await customer.barsSwitch(page).click();
    await axe(page);
    await fitsInWidth(page);
    await shop.stamp(card);
    await expect(customer.live(page)).toContainText(/\S/);
    await expect(customer.bars(page)).toBeVisible();
  }
});

test("a new card says what will come and invites to the next step", async ({ browse }) => {
  const shop = Shop.with("stamps");
  const card = await shop.enroll();
  const page = await browse({ size: "phone" });
  await page.goto(card.link);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your card");
  await expect(customer.words(page)).toContainText(`0 of ${shop.reward.cost} stamps, ${shop.reward.cost} to go`);
  await expect(page.getByRole("main")).toContainText("Show this code");
});

test("a long history is paged and filtered by address", async ({ browse }) => {
  const shop = Shop.with("points");
  const card = await shop.enroll();
  for (let turn = 0; turn < 22; turn += 1) await shop.earn(card, 1000 + turn);
  const page = await browse({ size: "phone" });
  await page.goto(`${card.link}/history`);
  await page.locator('main a[rel="next"]').click();
  await expect(page).toHaveURL(/cursor=/);
  await expect(customer.events(page).first()).toBeVisible();
  await page.goto(`${card.link}/history?kind=redeemed`);
  await expect(customer.events(page)).toHaveCount(0);
  await expect(page.getByRole("main")).toContainText(/\S/);
});

test("a new stamp takes away neither the focus nor the reasons that are open", async ({ browse }) => {
  const shop = Shop.with("points");
  const card = await shop.enroll();
  await shop.earn(card, 1000);
  const page = await browse({ size: "phone" });
  await page.goto(card.link);
  const kept = await customer.why(page).getAttribute("data-keep");
  const why = page.locator(`details[data-keep="${kept}"]`);
  await why.locator("summary").click();
  await expect(why).toHaveAttribute("open", "");
  await shop.earn(card, 1100);
  await expect(page.getByRole("main").locator(".event details[data-keep]").first()).not.toHaveAttribute("data-keep", kept ?? "");
  await expect(why).toHaveAttribute("open", "");
  await expect(why.locator("summary")).toBeFocused();
});

test("a link that is not ours is a page, not an error", async ({ browse, guard }) => {
  const page = await browse();
  guard.expect(404);
  await page.goto("/c/nobody");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});
