// PIN-1 to PIN-6 at the till: who serves shows it, once for a while where value is given, each time where it leaves.
import { axe, fitsInWidth, targetsAreLarge } from "../checks.ts";
import { expect, LANGUAGES, test } from "../fixtures.ts";
import { pad, till } from "../pages.ts";
import { Shop } from "../shop.ts";
import type { Page } from "@playwright/test";

const shop = () => Shop.at("marigold", "stamps");

function staff(role: string): { id: string; name: string; pin: string } {
  const found = shop().merchant.staff.find((person) => person.role === role);
  if (!found) throw new Error(`nobody is ${role}`);
  return found;
}

async function stampOf(counter: Page): Promise<void> {
  const card = await shop().enroll();
  await till.nextCustomer(counter).or(till.scan(counter)).first().waitFor();
  if ((await till.scan(counter).count()) === 0) await till.nextCustomer(counter).first().click();
  await till.find(counter, card);
  await till.stampButton(counter).click();
}

test("a stamp asks who serves, and the next ones do not until the till is handed over", async ({ atTill, guard }) => {
  const counter = await atTill(shop());
  const cashier = staff("cashier");
  await stampOf(counter);
  await expect(pad.form(counter)).toBeVisible();
  await targetsAreLarge(counter, 56);
  await axe(counter);
  guard.expect(401);
  await pad.show(counter, { name: cashier.name, pin: cashier.pin === "2468" ? "8642" : "2468" });
  await expect(pad.problem(counter)).toHaveText("Name and PIN do not belong together here.");
  await expect(pad.person(counter, cashier.name), "who was chosen stays chosen").toBeChecked();
  await expect(pad.digits(counter)).toHaveValue("");
  await pad.show(counter, cashier);
  await till.says(counter, "yes");
  await till.nextCustomer(counter).first().click();
  await expect(pad.turn(counter)).toContainText(cashier.name);
  await stampOf(counter);
  await till.says(counter, "yes");
  await till.nextCustomer(counter).first().click();
  await pad.turn(counter).click();
  await expect(pad.turn(counter)).toHaveCount(0);
  await stampOf(counter);
  await expect(pad.form(counter)).toBeVisible();
  expect(counter.url(), "nothing of it stands in the address").not.toContain("pin");
});

test("by keyboard alone: a name by arrow, digits, Enter", async ({ atTill }) => {
  const counter = await atTill(shop());
  const cashier = staff("cashier");
  await stampOf(counter);
  await pad.person(counter, cashier.name).focus();
  await counter.keyboard.press("Space");
  await counter.keyboard.press("Tab");
  await counter.keyboard.type(cashier.pin);
  await expect(counter.locator("[data-pin-counted]")).toHaveText(`${cashier.pin.length} digits`);
  await counter.keyboard.press("Enter");
  await till.says(counter, "yes");
});

test("a reward without the open card: a manager allows it, and a turn is not enough", async ({ atTill, guard }) => {
  const counter = await atTill(shop());
  const manager = staff("manager");
  const card = await shop().enroll();
  await shop().give(card, "stamp", shop().reward.cost);
  await till.find(counter, card);
  await till.redeemButton(counter).click();
  guard.expect(409);
  await till.confirmButton(counter).click();
  await till.says(counter, "no");
  await pad.askManager(counter).click();
  await expect(counter.getByRole("heading", { level: 1 })).toHaveText("Which manager allows it?");
  await expect(pad.form(counter).getByRole("radio", { name: staff("cashier").name })).toHaveCount(0);
  await axe(counter);
  await pad.show(counter, manager);
  await till.says(counter, "yes");
  expect(await shop().balance(card)).toMatchObject({ stamps: 0 });
  // What gives value back asks again, though it is the manager's turn.
  await till.undoButton(counter).click();
  await expect(pad.person(counter, manager.name)).toBeChecked();
  await pad.show(counter, manager);
  await till.says(counter, "yes");
  expect(await shop().balance(card)).toMatchObject({ stamps: shop().reward.cost });
});

test("without script the pad is a form", async ({ browse }) => {
  const counter = await browse({ script: false, size: "tablet" });
  await till.signIn(counter, shop().terminal.token);
  await stampOf(counter);
  const cashier = staff("cashier");
  await expect(counter.locator("[data-pin-keys]")).toBeHidden();
  await pad.person(counter, cashier.name).check({ force: true });
  await pad.digits(counter).fill(cashier.pin);
  await pad.confirm(counter).click();
  await till.says(counter, "yes");
  await counter.goto("/till/turn");
  await expect(pad.turn(counter)).toContainText(cashier.name);
});

for (const language of LANGUAGES) {
  test(`the pad in ${language} says what it is, and never a digit that was typed`, async ({ browse }) => {
    for (const look of ["light", "dark"] as const) {
      const page = await browse({ language, look, size: "small" });
      for (const state of ["choose", "wrong", "manager", "nobody"]) {
        await page.goto(`/style/till-pad/${state}?lang=${language}`);
        await axe(page);
        await fitsInWidth(page);
      }
    }
    const page = await browse({ language, size: "tablet" });
    await page.goto(`/style/till-pad/choose?lang=${language}`);
    await expect(page.getByRole("radiogroup")).toHaveAccessibleName(/\S/);
    await expect(page.getByRole("group", { name: /PIN/ })).toBeVisible();
    for (const digit of "0123456789") await expect(page.getByRole("button", { name: digit, exact: true })).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("lang", language);
    for (const digit of "7391") await pad.key(page, digit).click();
    const status = page.locator("[data-pin-counted]");
    await expect(status).toHaveText(/^4 \S+$/);
    // What a screen reader is told of it.
    const reader = await page.context().newCDPSession(page);
    const tree = JSON.stringify(await reader.send("Accessibility.getFullAXTree"));
    expect(tree).toContain("PIN");
    expect(tree).not.toContain("7391");
    await page.locator("form[data-pin] [data-erase]").click();
    await expect(status).toHaveText(/^3 \S+$/);
  });
}
