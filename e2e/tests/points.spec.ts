// J5: a purchase earns points: the preview before, the points after, the reason on the customer's page.
import { picture } from "../checks.ts";
import { expect, test } from "../fixtures.ts";
import { customer, till } from "../pages.ts";
import { Shop } from "../shop.ts";

test("an amount shows what it gives, and then gives exactly that", async ({ atTill, browse }) => {
  const shop = Shop.with("points");
  const card = await shop.enroll();
  const before = await shop.balance(card);
  const counter = await atTill(shop);
  await till.find(counter, card);
  // Cents first: 2-3-5-0 is 23.50.
  await till.amount(counter).pressSequentially("2350");
  await expect(till.preview(counter).locator("[data-total]")).toBeVisible();
  const promised = Number(/[\d.,\u202f ]+/.exec(await till.preview(counter).locator("[data-total]").innerText())?.[0].replace(/\D/g, ""));
  expect(promised).toBeGreaterThan(0);
  await picture(counter, "till-amount");
  await till.amountButton(counter).click();
  await till.says(counter, "yes");
  await expect.poll(async () => (await shop.balance(card)).points).toBe(before.points + promised);

  const page = await browse({ size: "phone" });
  await page.goto(`${card.link}/history`);
  await customer.why(page).locator("summary").click();
  // The reasons add up to the number they explain.
  const parts = await customer.why(page).locator("dd").allInnerTexts();
  expect(parts.map((part) => Number.parseInt(part.replace("+", ""), 10)).reduce((sum, part) => sum + part, 0)).toBe(promised);
});

test("nothing and less than nothing are refused at the field, and nothing is written", async ({ atTill, guard }) => {
  const shop = Shop.with("points");
  const card = await shop.enroll();
  const before = await shop.events(card);
  const counter = await atTill(shop, { script: false });
  await till.find(counter, card);
  for (const refused of ["0", "0.00", "-5", "-0.01"]) {
    guard.expect(422);
    await till.amount(counter).fill(refused);
    await till.amountButton(counter).click();
    await expect(till.problem(counter)).toContainText("above zero");
    await expect(till.amount(counter)).toHaveAttribute("aria-invalid", "true");
    await expect(till.amount(counter), "what was typed stays").toHaveValue(refused);
  }
  expect(await shop.events(card)).toEqual(before);
});

test("a pasted amount is taken whole or not at all", async ({ atTill, guard }) => {
  const shop = Shop.with("points");
  const card = await shop.enroll();
  const before = await shop.events(card);
  const counter = await atTill(shop);
  await till.find(counter, card);
  const paste = async (text: string) => {
    await till.amount(counter).evaluate((field, text) => {
      const data = new DataTransfer();
      data.setData("text/plain", text);
      field.dispatchEvent(new InputEvent("beforeinput", { inputType: "insertFromPaste", dataTransfer: data, bubbles: true, cancelable: true }));
    }, text);
  };
  for (const [text, shown] of [["12,5", "12.50"], ["1234", "1234.00"], [" 7.05 ", "7.05"]] as const) {
    await paste(text);
    await expect(till.amount(counter)).toHaveValue(shown);
  }
  for (const text of ["1,234", "12.505", "1.234,50", "12345678901"]) {
    await paste(text);
    await expect(till.amount(counter), "nothing is cut").toHaveValue(text);
  }
  await paste("1,234");
  await expect(till.preview(counter)).toContainText("smallest coin");
  guard.expect(422);
  await till.amountButton(counter).click();
  await expect(till.problem(counter)).toContainText("smallest coin");
  expect(await shop.events(card)).toEqual(before);
});

test("Esc and a selection begin the amount anew", async ({ atTill }) => {
  const shop = Shop.with("points");
  const counter = await atTill(shop);
  await till.find(counter, await shop.enroll());
  const amount = till.amount(counter);
  await amount.pressSequentially("1250");
  await expect(amount).toHaveValue("12.50");
  await amount.press("Escape");
  await expect(amount).toHaveValue("");
  await amount.pressSequentially("500");
  await expect(amount).toHaveValue("5.00");
  await amount.press("Control+a");
  await amount.press("7");
  await expect(amount).toHaveValue("0.07");
  await amount.pressSequentially("50");
  await amount.press("Control+a");
  await amount.press("Delete");
  await expect(amount).toHaveValue("");
  await amount.pressSequentially("99");
  await amount.press("Backspace");
  await expect(amount).toHaveValue("0.09");
});

test("a preview never speaks of another amount than the one in the field", async ({ atTill, guard }) => {
  const shop = Shop.with("points");
  const counter = await atTill(shop);
  await till.find(counter, await shop.enroll());
  const total = till.preview(counter).locator("[data-total]");
  const hint = await till.preview(counter).innerText();
  await till.amount(counter).pressSequentially("2350");
  await expect(total).toBeVisible();
  let release = (): void => undefined;
  const released = new Promise<void>((done) => (release = done));
  await counter.route("**/points/preview", async (route) => {
    await released;
    await route.abort("connectionreset");
  });
  await till.amount(counter).press("0");
  await expect(total, "the old answer is gone before the new one is there").toBeHidden();
  guard.expect("ERR_CONNECTION_RESET");
  guard.expect("ERR_CONNECTION_RESET");
  release();
  await expect(till.preview(counter)).toHaveText(hint);
});
