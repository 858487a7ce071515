// J3: a cashier enrols a customer at the till; somebody known, a card without details, by keyboard, without script.
import { mkdirSync } from "node:fs";
import { axe, fitsInWidth, nothingIsCovered, targetsAreLarge } from "../checks.ts";
import { expect, LANGUAGES, test } from "../fixtures.ts";
import { enrol, till } from "../pages.ts";
import { Shop } from "../shop.ts";

/** A number that nobody has. */
function phone(): string {
  return `691 ${String(Math.floor(Math.random() * 1e6)).padStart(6, "0")}`;
}

for (const script of [true, false]) {
  test(`a phone number becomes a card ${script ? "with" : "without"} script, and is known from then on`, async ({ atTill, guard }) => {
    const shop = Shop.with("stamps");
    const page = await atTill(shop, { script });
    const typed = phone();
    await enrol.begin(page).click();
    await enrol.contact(page).fill(typed);
    await enrol.next(page).click();
    await expect(enrol.echo(page)).toContainText("+352 691 ");
    await expect(enrol.terms(page), "no box is ticked before").not.toBeChecked();
    await expect(enrol.marketing(page)).not.toBeChecked();
    guard.expect(422);
    await enrol.open(page).click();
    await expect(enrol.terms(page)).toHaveAttribute("aria-invalid", "true");
    await enrol.terms(page).check();
    await enrol.open(page).click();
    await expect(enrol.code(page)).toBeVisible();
    await expect(page).toHaveURL(/\/till\/enrolments\/card_/);
    await page.reload();
    await expect(enrol.code(page)).toBeVisible();
    await till.nextCustomer(page).click();

    await enrol.begin(page).click();
    await enrol.contact(page).fill(`+352 ${typed}`);
    guard.expect(409);
    await enrol.next(page).click();
    await expect(enrol.known(page)).toContainText(`+352 691 … ${typed.slice(-2)}`);
    await enrol.useCard(page).click();
    await expect(till.stampButton(page)).toBeVisible();
  });
}

test("a card without details, and a contact that was searched in vain is not typed twice", async ({ atTill, guard }) => {
  const page = await atTill(Shop.with("stamps"));
  await till.scan(page).fill("nobody@example.lu");
  guard.expect(404);
  await till.findButton(page).click();
  await enrol.begin(page).click();
  await expect(enrol.contact(page)).toHaveValue("nobody@example.lu");
  await enrol.nameless(page).click();
  await expect(enrol.echo(page)).toHaveCount(0);
  await expect(enrol.marketing(page)).toHaveCount(0);
  await enrol.terms(page).check();
  await enrol.open(page).click();
  await expect(enrol.code(page)).toBeVisible();
});

test("a customer is enrolled by keyboard alone", async ({ atTill }) => {
  const page = await atTill(Shop.with("stamps"));
  await enrol.begin(page).focus();
  await page.keyboard.press("Enter");
  await enrol.contact(page).focus();
  await page.keyboard.type(phone(), { delay: 90 });
  await page.keyboard.press("Enter");
  await expect(enrol.echo(page)).toBeVisible();
  await enrol.terms(page).focus();
  await page.keyboard.press("Space");
  await expect(enrol.terms(page)).toBeChecked();
  await page.keyboard.press("Enter");
  await expect(enrol.code(page)).toBeVisible();
});

for (const language of LANGUAGES) {
  for (const look of ["light", "dark"] as const) {
    test(`each step is for everyone: ${language}, ${look}`, async ({ atTill, guard }) => {
      const shots = process.env.ENROL_PICTURES;
      if (shots) mkdirSync(shots, { recursive: true });
      for (const size of ["small", "phone", "tablet"] as const) {
        const page = await atTill(Shop.with("stamps"), { language, look, size });
        const typed = phone();
        const stands = async (name: string): Promise<void> => {
          await axe(page);
          await fitsInWidth(page);
          await targetsAreLarge(page, 44);
          await nothingIsCovered(page);
          if (shots) await page.screenshot({ path: `${shots}/${name}-${language}-${look}-${size}.png`, fullPage: true });
        };
        await stands("start");
        await enrol.begin(page).click();
        await expect(enrol.contact(page)).toBeVisible();
        await stands("form");
        guard.expect(422);
        await enrol.next(page).click();
        await expect(enrol.contact(page)).toHaveAttribute("aria-invalid", "true");
        await stands("wrong");
        await enrol.contact(page).fill(typed);
        await enrol.next(page).click();
        await expect(enrol.terms(page)).toBeVisible();
        await stands("look");
        await enrol.terms(page).check();
        await enrol.open(page).click();
        await expect(enrol.code(page)).toBeVisible();
        await stands("opened");
        await page.goto("/till/enrolments");
        await enrol.contact(page).fill(typed);
        guard.expect(409);
        await enrol.next(page).click();
        await expect(enrol.known(page)).toBeVisible();
        await stands("known");
      }
    });
  }
}
