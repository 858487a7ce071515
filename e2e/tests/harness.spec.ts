// The guard itself: each thing it watches for makes a test fail.
import { expect, test } from "@playwright/test";
import { Guard } from "../guard.ts";
import { base } from "../shop.ts";

test("the guard sees the console, errors, failures, strangers, and refusals that never came", async ({ browser }) => {
  // The pages' own policy would stop the stranger before the guard can see it.
  const context = await browser.newContext({ baseURL: base(), bypassCSP: true });
  const guard = new Guard(base());
  guard.watch(context);
  const page = await context.newPage();
  await page.goto("/healthz");
  expect(guard.verdict()).toEqual([]);

  await page.evaluate(() => console.debug("a word"));
  await expect.poll(() => guard.complaints.join()).toContain("the console said: debug a word");

  await page.evaluate(() => setTimeout(() => { throw new Error("a fault"); }));
  await expect.poll(() => guard.complaints.join()).toContain("a page threw: a fault");

  await page.route("**/favicon.ico?broken", (route) => route.abort());
  await page.evaluate(() => fetch("/favicon.ico?broken").catch(() => null));
  await expect.poll(() => guard.complaints.join()).toContain("a request failed: GET");

  // What a page was still reading when it was left is no failure; what a server gives up is one.
  const so_far = guard.complaints.length;
  await page.route("**/assets/late.svg", () => undefined);
  const late = page.waitForEvent("requestfailed");
  await page.evaluate(() => void (new Image().src = "/assets/late.svg"));
  await page.goto("/readyz");
  expect((await late).failure()?.errorText).toBe("net::ERR_ABORTED");
  expect(guard.complaints.length).toBe(so_far);
  await page.route("**/assets/lost.svg", (route) => route.abort("connectionreset"));
  await page.evaluate(() => void (new Image().src = "/assets/lost.svg"));
  await expect.poll(() => guard.complaints.join()).toContain("/assets/lost.svg net::ERR_CONNECTION_RESET");

  await page.route("http://elsewhere.example/**", (route) => route.fulfill({ body: "" }));
  await page.evaluate(() => fetch("http://elsewhere.example/x", { mode: "no-cors" }).catch(() => null));
  await expect.poll(() => guard.complaints.join()).toContain("a request left the server: http://elsewhere.example/x");

  guard.expect(409);
  expect(guard.verdict().join()).toContain("was announced and never came");
  await context.close();
});
