// J2: a customer joins alone, with script and without, in the language of the phone.
import { picture } from "../checks.ts";
import { expect, LANGUAGES, test } from "../fixtures.ts";
import { customer, join } from "../pages.ts";
import { Shop } from "../shop.ts";

for (const script of [true, false]) {
  test(`joining ${script ? "with" : "without"} script leads to a card that stays`, async ({ browse }) => {
    const page = await browse({ size: "phone", script });
    await page.goto(Shop.with("stamps").joinPath);
    if (script) await picture(page, "join");
    await join.firstName(page).fill("Léa");
    if ((await join.terms(page).count()) > 0) await join.terms(page).check();
    await join.read(page);
    await join.button(page).click();
    await expect(page).toHaveURL(/\/c\/[0-9A-Za-z_-]+$/);
    await expect(customer.words(page)).toContainText(`0 of ${Shop.with("stamps").reward.cost} `);
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Léa");
    const address = page.url();
    await page.reload();
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Léa");
    expect(page.url()).toBe(address);
  });
}

test("terms that are not accepted are said at the field, and what was typed stays", async ({ browse, guard }) => {
  const page = await browse({ size: "phone", script: false });
  await page.goto(Shop.with("stamps").joinPath);
  await join.firstName(page).fill("Léa");
  guard.expect(422);
  await join.button(page).click();
  await expect(join.summary(page)).toBeVisible();
  await expect(join.terms(page)).toHaveAttribute("aria-invalid", "true");
  await expect(join.firstName(page)).toHaveValue("Léa");
  await join.terms(page).check();
  await join.read(page);
  await join.button(page).click();
  await expect(customer.words(page)).toBeVisible();
  guard.expect(422);
  await page.goBack();
  await expect(join.firstName(page), "the way back leads to the form").toBeVisible();
});

test("the page speaks the language of the browser, and any other when asked", async ({ browse }) => {
  for (const language of LANGUAGES) {
    const page = await browse({ language, size: "phone" });
    await page.goto(Shop.with("stamps").joinPath);
    await expect(page.locator("html")).toHaveAttribute("lang", language);
  }
  const page = await browse({ language: "en", size: "phone" });
  await page.goto(Shop.with("stamps").joinPath);
  await page.getByRole("contentinfo").locator("button[lang=lb]").click();
  await expect(page.locator("html")).toHaveAttribute("lang", "lb");
  await expect(page).toHaveURL(new RegExp(`${Shop.with("stamps").joinPath}$`));
});
