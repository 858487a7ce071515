// J2 and J13: a customer gives an address when they join, opens the letter, and finds their cards again by mail.
import { axe, fitsInWidth } from "../checks.ts";
import { expect, LANGUAGES, test } from "../fixtures.ts";
import { customer, join } from "../pages.ts";
import { Shop } from "../shop.ts";
import type { Page } from "@playwright/test";

/** The merchant's own pages for customers. */
const home = () => `/my/${Shop.with("stamps").joinPath.split("/")[2]}`;

async function joined(page: Page, address: string): Promise<void> {
  await page.goto(Shop.with("stamps").joinPath);
  await page.locator("#contact").fill(address);
  if ((await join.terms(page).count()) > 0) await join.terms(page).check();
  await join.read(page);
  await join.button(page).click();
  await expect(page).toHaveURL(/\/c\/[0-9A-Za-z]+$/);
}

/** Opens the newest letter's link. */
async function openLetter(page: Page, address: string): Promise<void> {
  await page.goto(`/dev/mail?to=${encodeURIComponent(address)}`);
  await page.locator("article").first().locator("a.button").click();
}

const button = (page: Page) => page.locator("main form button:not([type=button])").first();

for (const script of [true, false]) {
  test(`an address is confirmed, and a second card goes into the first, ${script ? "with" : "without"} script`, async ({ browse }) => {
    const address = `lea.${script ? "one" : "two"}@example.lu`;
    const page = await browse({ size: "phone", script });
    await joined(page, address);
    await expect(page.getByText("We wrote to l…@example.lu")).toBeVisible();
    await openLetter(page, address);
    if (script) await axe(page);
    await button(page).click();
    await expect(page.getByText("your address is confirmed")).toBeVisible();
    const first = new URL(page.url()).pathname;
    await joined(page, address);
    expect(new URL(page.url()).pathname).not.toBe(first);
    await openLetter(page, address);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("You have a card already");
    await button(page).click();
    await expect(customer.words(page)).toBeVisible();
    expect(new URL(page.url()).pathname).toBe(first);
  });
}

test("a customer signs in by a code and finds their card", async ({ browse, guard }) => {
  const address = "theo@example.lu";
  const page = await browse({ size: "phone" });
  await joined(page, address);
  await openLetter(page, address);
  await button(page).click();
  await expect(page).toHaveURL(/\/c\//);
  const card = new URL(page.url()).pathname;
  await page.goto(home());
  await axe(page);
  await page.locator("#address").fill(address);
  await button(page).click();
  await expect(page).toHaveURL(/\/code\?attempt=/);
  const typing = page.url();
  await page.goto(`/dev/mail?to=${address}`);
  const code = /Code: (\d{6})/.exec(await page.locator("article").first().innerText())?.[1] ?? "";
  await page.goto(typing);
  await axe(page);
  guard.expect(422);
  await page.locator("#code").fill(code === "111111" ? "222222" : "111111");
  await button(page).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await page.locator("#code").fill(code);
  await button(page).click();
  await expect(page.locator(`a[href="${card}"]`)).toBeVisible();
  await axe(page);
  await page.locator('form[action$="/end"] button').click();
  await expect(page.locator("#address")).toBeVisible();
});

for (const language of LANGUAGES) {
  test(`the pages of letters in ${language} are accessible and fit a small screen`, async ({ browse }) => {
    const pages = ["storefront-prove/new", "storefront-prove/known", "my-ask/wrong", "my-code/wrong", "my-cards/one", "mailbox/one"];
    for (const look of ["light", "dark"] as const) {
      const page = await browse({ language, look, size: "small" });
      for (const name of [...pages, "storefront-card/unproved"]) {
        await page.goto(`/style/${name}?lang=${language}`);
        await axe(page);
        await fitsInWidth(page);
      }
    }
  });
}
