// Operators and users: getting in, the second factor, out again; with the keyboard alone, without script, in four languages.
import { createHmac } from "node:crypto";
import { axe, fitsInWidth, picture } from "../checks.ts";
import { expect, LANGUAGES, SIZES, test } from "../fixtures.ts";
import { people } from "../pages.ts";
import { operator, user } from "../shop.ts";

/** What an authenticator app shows for a key, now or some seconds later. */
function code(key: string, later = 0): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...key.replaceAll(" ", "")].map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const secret = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor((Date.now() / 1000 + later) / 30)));
  const hash = createHmac("sha1", secret).update(counter).digest();
  const place = (hash.at(-1) ?? 0) & 15;
  return String((hash.readUInt32BE(place) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

test("an operator signs in, sees the merchants and leaves", async ({ browse, guard }) => {
  const page = await browse();
  await page.goto("/operator");
  await expect(page).toHaveURL(/\/signin\?next=\/operator$/);
  guard.expect(401);
  await people.field(page, "address").fill(operator().email);
  await people.field(page, "password").fill("something else");
  await people.send(page, "/signin").click();
  await expect(people.problem(page)).toContainText("wrong");
  await expect(people.field(page, "address")).toHaveValue(operator().email);
  await people.field(page, "password").fill(operator().password);
  await people.send(page, "/signin").click();
  await expect(page).toHaveURL(/\/operator$/);
  await expect(page.getByRole("main").locator(".list li")).toHaveCount(4);
  await picture(page, "operator");
  await people.signOut(page);
  await page.goto("/operator");
  await expect(page).toHaveURL(/\/signin\?next=\/operator$/);
});

test("a second factor is set up, asked for, and lost for a recovery code", async ({ browse, guard }) => {
  const page = await browse({ size: "phone" });
  const who = user(3, "accountant");
  await people.signIn(page, who);
  await expect(page).toHaveURL(/\/back$/);
  await page.goto("/account");
  await people.send(page, "/account/factor").click();
  const key = await people.key(page).innerText();
  await axe(page);
  await fitsInWidth(page);
  await picture(page, "second-factor");
  guard.expect(401);
  await people.field(page, "code").fill("000000");
  await people.send(page, "/account/factor/code").click();
  await expect(people.problem(page)).toBeVisible();
  await people.field(page, "code").fill(code(key));
  await people.send(page, "/account/factor/code").click();
  await expect(people.codes(page)).toHaveCount(10);
  const recovery = await people.codes(page).first().innerText();
  await axe(page);
  await page.getByRole("main").locator('a[href="/account"]').click();
  await people.signOut(page);

  await people.signIn(page, who);
  await expect(page).toHaveURL(/\/signin\/code$/);
  await page.goto("/back");
  await expect(page).toHaveURL(/\/signin\/code\?next=\/back$/);
  await people.field(page, "code").fill(code(key, 30));
  await people.send(page, "/signin/code").click();
  await expect(page).toHaveURL(/\/back$/);
  await people.signOut(page);

  await people.signIn(page, who);
  await people.field(page, "code").fill(recovery.toLowerCase());
  await people.send(page, "/signin/code").click();
  await expect(page).toHaveURL(/\/back$/);
  await page.goto("/account");
  await expect(page.getByText("9 recovery codes")).toBeVisible();
});

test("one's other devices are listed and ended", async ({ browse }) => {
  const [here, there] = [await browse(), await browse({ size: "phone" })];
  for (const page of [here, there]) await people.signIn(page, user(2, "manager"));
  await expect(there).toHaveURL(/\/back$/);
  await here.goto("/account");
  await people.send(here, "/account/sessions/end").click();
  await expect(here.getByRole("status").first()).toBeVisible();
  await there.goto("/back");
  await expect(there).toHaveURL(/\/signin\?next=\/back$/);
});

test("the keyboard alone is enough", async ({ browse }) => {
  const page = await browse();
  await page.goto("/signin");
  const who = user(1, "owner");
  await people.field(page, "address").focus();
  await page.keyboard.type(who.email);
  await page.keyboard.press("Tab");
  await page.keyboard.type(who.password);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/back$/);
  for (let presses = 0; presses < 5; presses++) {
    await page.keyboard.press("Tab");
    if (await people.send(page, "/signout").evaluate((button) => button === document.activeElement)) break;
  }
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/signin$/);
});

test("no script is needed", async ({ browse }) => {
  const page = await browse({ script: false, size: "small" });
  await people.signIn(page, user(1, "manager"));
  await expect(page).toHaveURL(/\/back$/);
  await people.signOut(page);
});

for (const [place, language] of LANGUAGES.entries()) {
  test(`everybody can read it: ${language}`, async ({ browse }) => {
    const look = place % 2 === 0 ? "light" : "dark";
    const page = await browse({ language, look, size: "phone" });
    await page.goto("/signin");
    await axe(page);
    await people.signIn(page, user(0, (["owner", "manager", "accountant"] as const)[place % 3] ?? "owner"));
    for (const address of ["/back", "/account", "/account/proof", "/docs/permissions"]) {
      await page.goto(address);
      await expect(page.locator("html")).toHaveAttribute("lang", language);
      await axe(page);
      for (const size of ["small", "zoomed", "phone"] as const) {
        await page.setViewportSize(SIZES[size]);
        await fitsInWidth(page);
      }
    }
  });
}
