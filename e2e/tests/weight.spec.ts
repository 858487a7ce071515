// How much a first visit weighs over the wire, and that it can be read before any script runs.
import { weight } from "../checks.ts";
import { expect, test } from "../fixtures.ts";
import { customer, till } from "../pages.ts";
import { Shop } from "../shop.ts";

const CUSTOMER_BYTES_MAX = 60 * 1024;
const TILL_BYTES_MAX = 150 * 1024;

test("a customer's first visit stays under 60 KB", async ({ browse }) => {
  const shop = Shop.with("stamps");
  const card = await shop.enroll();
  for (const address of [card.link, shop.joinPath, `${card.link}/history`]) {
    const page = await browse({ size: "phone" });
    const { total, told } = await weight(page, async () => {
      await page.goto(address);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    });
    expect(total, `something was measured for ${address}`).toBeGreaterThan(5_000);
    expect(total, `${address}\n${told.join("\n")}`).toBeLessThanOrEqual(CUSTOMER_BYTES_MAX);
  }
});

test("the first use of a till stays under 150 KB", async ({ browse }) => {
  const shop = Shop.with("stamps");
  const card = await shop.enroll();
  const page = await browse();
  const { total, told } = await weight(page, async () => {
    await till.signIn(page, shop.terminal.token);
    await till.find(page, card);
  });
  expect(total).toBeGreaterThan(5_000);
  expect(total, told.join("\n")).toBeLessThanOrEqual(TILL_BYTES_MAX);
});

test("the card is useful before any script has run", async ({ browse }) => {
  const card = await Shop.with("stamps").enroll();
  const page = await browse({ size: "phone" });
  let arrive = (): void => undefined;
  const arrived = new Promise<void>((done) => (arrive = done));
  await page.route("**/*.js", async (route) => {
    await arrived;
    await route.continue();
  });
  await page.goto(card.link, { waitUntil: "commit" });
  await expect(customer.words(page)).toBeAttached();
  await expect(page.locator("svg.qr")).toBeVisible();
  arrive();
  await page.waitForLoadState("load");
});
