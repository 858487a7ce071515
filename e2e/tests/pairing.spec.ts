// J3: a device becomes a till by a short code, in each language, by keyboard alone, and with a slip in it.
import { axe, fitsInWidth, targetsAreLarge } from "../checks.ts";
import { makeTerminal, takeBack } from "../console.ts";
import { expect, LANGUAGES, test } from "../fixtures.ts";
import { pairing, till } from "../pages.ts";
import { Shop } from "../shop.ts";

for (const script of [true, false]) {
  test(`a code makes a device a till ${script ? "with" : "without"} script, and it is one until it is taken back`, async ({ browse, guard }) => {
    const shop = Shop.with("stamps");
    const terminal = makeTerminal(shop, "Door");
    const page = await browse({ size: "phone", script });
    await page.goto("/till");
    await pairing.link(page).click();
    guard.expect(401);
    await pairing.code(page).fill(`${terminal.code.slice(0, -1)}${terminal.code.endsWith("7") ? "8" : "7"}`);
    await pairing.button(page).click();
    await expect(till.problem(page)).toBeVisible();
    await expect(pairing.code(page)).toHaveAttribute("aria-invalid", "true");
    // As people type it.
    await pairing.code(page).fill(terminal.code.toLowerCase().replace("-", " "));
    await pairing.button(page).click();
    await expect(till.scan(page)).toBeVisible();
    await expect(page.locator(".till-place")).toContainText("Door");
    takeBack(shop, terminal.id);
    guard.expect(401);
    await page.reload();
    await expect(till.problem(page)).toBeVisible();
    await expect(till.scan(page)).toHaveCount(0);
  });
}

test("by keyboard alone: the field has the focus, Enter sends", async ({ browse }) => {
  const terminal = makeTerminal(Shop.with("points"), "Desk");
  const page = await browse({ size: "desk" });
  await page.goto("/till/pairings");
  await expect(pairing.code(page)).toBeFocused();
  await page.keyboard.type(terminal.code);
  await page.keyboard.press("Enter");
  await expect(till.scan(page)).toBeVisible();
});

test("a code that was used says so", async ({ browse, guard }) => {
  const terminal = makeTerminal(Shop.with("stamps"), "Bar");
  for (const status of [303, 409]) {
    const page = await browse({ size: "phone", language: "lb" });
    await page.goto("/till/pairings");
    await pairing.code(page).fill(terminal.code);
    if (status === 409) guard.expect(409);
    await pairing.button(page).click();
    await expect(status === 409 ? till.problem(page) : till.scan(page)).toBeVisible();
  }
});

for (const language of LANGUAGES) {
  test(`the page for the code is for everybody: ${language}`, async ({ browse }) => {
    for (const size of ["small", "phone", "desk", "zoomed"] as const) {
      const page = await browse({ language, size, look: size === "phone" ? "dark" : "light" });
      await page.goto("/till/pairings");
      await expect(page.locator("html")).toHaveAttribute("lang", language);
      await axe(page);
      await fitsInWidth(page);
      await targetsAreLarge(page, 44);
      await page.close();
    }
  });
}
