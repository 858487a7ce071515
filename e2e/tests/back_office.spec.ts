// J9: a manager adds somebody, sets and resets their PIN, unlocks it and ends it; tills are made and taken back; the log tells.
import { axe, fitsInWidth } from "../checks.ts";
import { expect, LANGUAGES, test } from "../fixtures.ts";
import { office, pad, till } from "../pages.ts";
import { Shop, user } from "../shop.ts";
import type { Page } from "@playwright/test";

const LONDON = 3;

const signedIn = async (browse: (person?: object) => Promise<Page>, role: string, script = true) =>
  office.signIn(await browse({ size: "desk", script }), user(LONDON, role));
const submit = (page: Page, action: string) => page.locator(`form[action$="${action}"] button`).last();

test("somebody begins, serves with their PIN, gets another, and leaves", async ({ browse, atTill, guard }) => {
  const back = await signedIn(browse, "owner");
  await office.menu(back, "/back/staff").click();
  await axe(back);
  const name = `Zoe ${Date.now() % 100_000}`;
  await back.locator("#name").fill(name);
  await back.locator("#pin").fill("1234");
  await back.locator("#again").fill("1234");
  guard.expect(422);
  await submit(back, "/back/staff").click();
  await expect(back.locator("#pin_error")).toHaveText("This PIN is too easy to guess.");
  await expect(back.locator("#name"), "what was typed stays, but no PIN").toHaveValue(name);
  await expect(back.locator("#pin")).toHaveValue("");
  await axe(back);
  await back.locator("#pin").fill("7391");
  await back.locator("#again").fill("7319");
  guard.expect(422);
  await submit(back, "/back/staff").click();
  await expect(back.locator("#again_error")).toBeVisible();
  await back.locator("#pin").fill("7391");
  await back.locator("#again").fill("7391");
  await submit(back, "/back/staff").click();
  await expect(back.getByRole("status")).toBeVisible();
  expect(await back.content(), "nobody sees a PIN again").not.toContain("7391");

  const shop = Shop.at("marigold", "stamps");
  const counter = await atTill(shop);
  const stamp = async () => {
    const card = await shop.enroll();
    if ((await till.scan(counter).count()) === 0) await till.nextCustomer(counter).first().click();
    await till.find(counter, card);
    await till.stampButton(counter).click();
  };
  await expect(async () => {
    await counter.goto("/till/turn");
    await expect(pad.person(counter, name)).toHaveCount(1);
  }).toPass();
  await counter.goto("/till");
  await stamp();
  await pad.show(counter, { name, pin: "7391" });
  await till.says(counter, "yes");

  await back.getByRole("link", { name: new RegExp(name) }).click();
  await axe(back);
  await back.locator("#pin").fill("8264");
  await back.locator("#again").fill("8264");
  await submit(back, "/pin").click();
  await expect(back.getByRole("status")).toBeVisible();
  await stamp();
  await expect(pad.form(counter), "the turn ended with the PIN").toBeVisible();
  await pad.show(counter, { name, pin: "8264" });
  await till.says(counter, "yes");

  await back.locator("details.confirm > summary").click();
  await submit(back, "/end").click();
  await expect(back).toHaveURL(/\/back\/staff\?done=1$/);
  await expect(back.locator("li.gone", { hasText: name })).toBeVisible();
  await stamp();
  await expect(pad.form(counter), "and with the employment").toBeVisible();
  await expect(pad.person(counter, name)).toHaveCount(0);

  await office.menu(back, "/back/log").click();
  await axe(back);
  const rows = back.locator("tbody tr");
  // Others manage the same shop meanwhile.
  await expect(rows.filter({ hasText: "Somebody no longer serves" }).filter({ hasText: name })).toHaveCount(1);
  await back.locator("#action").selectOption("pin.set");
  await back.locator(".log-filter button").click();
  await expect(rows.first()).toContainText("PIN set for somebody");
  expect(await back.content()).not.toMatch(/7391|8264/);
  const exported = await back.request.get("/back/log/export?format=csv");
  expect(exported.headers()["content-disposition"]).toContain("log.csv");
  expect(await exported.text()).toContain("staff.left");
});

test("a till is made with a code and taken back, without script", async ({ browse }) => {
  const back = await signedIn(browse, "owner", false);
  await office.menu(back, "/back/terminals").click();
  const name = `Door ${Date.now() % 100_000}`;
  await back.locator("#name").fill(name);
  await submit(back, "/back/terminals").click();
  await expect(back.locator(".pairing-code")).toHaveText(/^[0-9A-Z]{4}[ -][0-9A-Z]{4}$/);
  const row = back.locator("li", { hasText: name });
  await row.locator("summary").click();
  await row.locator("form button").click();
  await expect(back.locator("li.gone", { hasText: name })).toBeVisible();
});

test("two presses in a row make one till", async ({ browse }) => {
  const back = await signedIn(browse, "owner");
  await office.menu(back, "/back/terminals").click();
  let asked = 0;
  await back.route("**/back/terminals", async (route) => {
    if (route.request().method() === "POST") {
      asked += 1;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    await route.continue();
  });
  const name = `Twice ${Date.now() % 100_000}`;
  await back.locator("#name").fill(name);
  await submit(back, "/back/terminals").evaluate((button: HTMLButtonElement) => {
    button.click();
    setTimeout(() => button.click(), 150);
  });
  await expect(back.locator(".pairing-code")).toBeVisible();
  await expect(back.locator("li", { hasText: name })).toHaveCount(1);
  expect(asked).toBe(1);
});

test("somebody is invited, comes, gets another role, and goes, by keyboard alone", async ({ browse, guard }) => {
  const back = await signedIn(browse, "owner");
  await office.menu(back, "/back/users").focus();
  await back.keyboard.press("Enter");
  await expect(back).toHaveURL(/\/back\/users$/);
  await axe(back);
  const address = `carla${Date.now() % 100_000}@example.lu`;
  await back.locator("#address").focus();
  await back.keyboard.type(address);
  await back.keyboard.press("Enter");
  const link = await back.locator(".seed-typed code").innerText();
  await axe(back);
  expect(link).toContain("/welcome/");

  const carla = await browse({ size: "phone" });
  await carla.goto(link);
  await carla.locator("#name").fill("Carla Weber");
  await carla.locator("#password").fill("eng laang Geschicht");
  await carla.locator("main form button").first().click();
  await expect(carla).toHaveURL(/\/back$/);
  await expect(office.menu(carla, "/back/staff"), "a viewer only looks").toHaveCount(0);

  await office.menu(back, "/back/users").click();
  const row = back.locator("li", { hasText: address });
  await row.getByRole("link").click();
  await axe(back);
  await back.locator("#role-viewer").focus();
  for (let press = 0; press < 2; press++) await back.keyboard.press("ArrowUp");
  await expect(back.locator("#role-manager")).toBeChecked();
  await back.keyboard.press("Enter");
  await expect(back.getByRole("status")).toBeVisible();
  await carla.reload();
  await expect(office.menu(carla, "/back/staff")).toHaveCount(1);

  await back.locator("details.confirm > summary").last().focus();
  await back.keyboard.press("Enter");
  await back.keyboard.press("Tab");
  await back.keyboard.press("Enter");
  await expect(back.getByRole("status")).toBeVisible();
  await carla.goto("/back");
  await expect(carla).toHaveURL(/\/signin\?next=\/back$/);
  await carla.locator("#address").fill(address);
  await carla.locator("#password").fill("eng laang Geschicht");
  guard.expect(401);
  await carla.locator("main form button").first().click();
  await expect(carla.getByRole("main").getByRole("alert").first()).toBeVisible();
});

test("who only looks sees no staff, and no way to it", async ({ browse, guard }) => {
  const back = await signedIn(browse, "accountant");
  await expect(office.menu(back, "/back/staff")).toHaveCount(0);
  for (const place of ["/back/staff", "/back/terminals", "/back/log", "/back/log/export"]) {
    guard.expect(403);
    const answer = await back.goto(place);
    expect(answer?.status(), place).toBe(403);
  }
});

for (const language of LANGUAGES) {
  test(`the back office in ${language} is accessible and fits a small screen`, async ({ browse }) => {
    const pages = ["back-staff/list", "back-staff/refused", "back-person/locked", "back-terminals/list", "back-terminals/made", "back-approvals/list", "back-cards/unknown", "back-cards/several", "back-card/one", "back-card/refused", "back-card/waits", "back-card/looks-only", "floor/set", "back-keys/made", "back-log/list", "back-users/list", "back-users/made", "back-user/refused", "back-user/stale"];
    for (const look of ["light", "dark"] as const) {
      const page = await browse({ look, size: "small" });
      for (const name of pages) {
        await page.goto(`/style/${name}?lang=${language}`);
        await axe(page);
        await fitsInWidth(page);
      }
    }
  });
}
