// J10: a manager puts a balance right; what is over the limit another person decides.
import { axe, fitsInWidth } from "../checks.ts";
import { expect, test } from "../fixtures.ts";
import { office } from "../pages.ts";
import { Shop } from "../shop.ts";

test("a balance is put right by keyboard alone, and the history says so", async ({ browse, guard }) => {
  const shop = Shop.with("points");
  const card = await shop.enroll();
  const back = await office.signIn(await browse({ size: "desk" }), shop.user("manager"));
  await office.menu(back, "/back/cards").focus();
  await back.keyboard.press("Enter");
  await expect(back).toHaveURL(/\/back\/cards$/);
  await axe(back);
  await office.search(back).focus();
  await back.keyboard.type("2222 2222 2222");
  guard.expect(404);
  await back.keyboard.press("Enter");
  await expect(back.getByRole("alert")).toBeVisible();
  await office.search(back).fill(card.number);
  await back.keyboard.press("Enter");
  await expect(back).toHaveURL(new RegExp(`/back/cards/${card.id}$`));
  await axe(back);

  const { points } = await shop.balance(card);
  await back.locator("#give").focus();
  await back.keyboard.press("Tab");
  await expect(office.amount(back)).toBeFocused();
  await back.keyboard.type("0");
  guard.expect(422);
  await back.keyboard.press("Enter");
  await expect(back.locator("#amount_error")).toBeVisible();
  await axe(back);
  await office.amount(back).fill("200");
  await back.keyboard.press("Tab");
  await expect(back.locator("#reason")).toBeFocused();
  await back.keyboard.press("Tab");
  await back.keyboard.type("Machine broken");
  await office.correctButton(back).focus();
  await back.keyboard.press("Enter");
  await expect(back).toHaveURL(/\?done=1$/);
  await expect(back.getByRole("status")).toBeVisible();
  await expect(back.locator(".event").first()).toContainText("+200");
  expect((await shop.balance(card)).points).toBe(points + 200);

  await back.locator("#take").check();
  await office.amount(back).fill(String(points + 201));
  guard.expect(409);
  await office.correctButton(back).click();
  await expect(back.getByRole("alert")).toBeVisible();
  await expect(back.locator("#take"), "what was chosen stays").toBeChecked();
  expect((await shop.balance(card)).points).toBe(points + 200);
});

test("over the limit a second person decides, on a phone and without script", async ({ browse }) => {
  const shop = Shop.with("points");
  const card = await shop.enroll();
  const { points } = await shop.balance(card);
  const amount = 2_001 + (Date.now() % 50_000);
  const shown = `+${amount.toLocaleString("en")}`;
  const asks = await office.signIn(await browse({ size: "small", script: false }), shop.user("manager"));
  await asks.goto(`/back/cards/${card.id}`);
  await fitsInWidth(asks);
  await office.amount(asks).fill(String(amount));
  await office.correctButton(asks).click();
  await expect(asks).toHaveURL(/\?waits=1$/);
  expect((await shop.balance(card)).points).toBe(points);
  await asks.goto("/back/approvals");
  await expect(asks.locator("li", { hasText: shown })).toBeVisible();
  await expect(office.decideButton(asks, shown, "approve"), "nobody decides what they asked for").toHaveCount(0);

  const decides = await office.signIn(await browse({ size: "small" }), shop.user("owner"));
  await decides.goto("/back/approvals");
  await office.decideButton(decides, shown, "approve").click();
  await expect(decides).toHaveURL(/\?done=1$/);
  expect((await shop.balance(card)).points).toBe(points + amount);
});
