// Invitations are made anew and taken back. A shop of its own: the log of another is read by another walk.
import { expect, test } from "../fixtures.ts";
import { user } from "../shop.ts";

const SHOP = 1;

test("an invitation is made anew and taken back, by keyboard and without script", async ({ browse, guard }) => {
  const back = await browse({ size: "desk", script: false });
  const { email, password } = user(SHOP, "owner");
  await back.goto("/signin");
  await back.locator("#address").fill(email);
  await back.locator("#password").fill(password);
  await back.locator("#password").press("Enter");
  await back.locator('.people-menu a[href="/back/users"]').press("Enter");
  const address = `denis${Date.now() % 100_000}@example.lu`;
  await back.locator("#address").fill(address);
  await back.locator("#address").press("Enter");
  const first = await back.locator(".seed-typed code").innerText();
  const row = back.locator("li", { hasText: address });
  await row.getByRole("button").first().press("Enter");
  await expect(back.locator(".seed-typed code")).not.toHaveText(first);
  const second = await back.locator(".seed-typed code").innerText();
  await row.locator("summary").press("Enter");
  await row.locator('form[action$="/withdrawals"] button').press("Enter");
  await expect(back.getByRole("status")).toBeVisible();
  await expect(row).toHaveCount(0);
  const denis = await browse({ size: "phone" });
  for (const link of [first, second]) {
    guard.expect(410);
    expect((await denis.goto(link))?.status()).toBe(410);
  }
});
