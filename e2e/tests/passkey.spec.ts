// Passkeys with an authenticator that Chromium plays (CDP WebAuthn): added, used to sign in and to prove who one is, removed.
import type { CDPSession, Page } from "@playwright/test";
import { axe, fitsInWidth } from "../checks.ts";
import { expect, LANGUAGES, test } from "../fixtures.ts";
import { people } from "../pages.ts";
import { user } from "../shop.ts";

const TRIER = 2;

/** A device that knows its person's finger. */
async function authenticator(page: Page): Promise<{ session: CDPSession; id: string }> {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  const { authenticatorId: id } = await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { session, id };
}

const own = (page: Page) => page.locator('section[aria-labelledby="passkeys-title"]');
const withPasskey = (page: Page) => page.locator('form[action="/signin/passkey"] button');

test("a passkey is added, signs in by itself with the keyboard alone, and is removed", async ({ browse, guard }) => {
  const page = await browse({ size: "phone" });
  const device = await authenticator(page);
  const who = user(TRIER, "accountant");
  await people.signIn(page, who);
  await page.goto("/account");
  await own(page).locator("#passkey-name").fill("My phone");
  await own(page).getByRole("button").click();
  await expect(page).toHaveURL(/\/account\?done=1$/);
  await expect(own(page).locator("li")).toContainText("My phone");
  await axe(page);
  await fitsInWidth(page);
  await people.signOut(page);

  await page.goto("/signin?next=/account");
  await axe(page);
  await fitsInWidth(page);
  await withPasskey(page).focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/account$/);
  await expect(own(page).locator("li")).not.toContainText("not used yet");

  await page.goto("/account/proof?next=/account");
  await axe(page);
  await page.locator('form[action="/account/proof/passkey"] button').click();
  await expect(page).toHaveURL(/\/account$/);

  // Whoever turns away at the device is told, and the password is still there.
  await people.signOut(page);
  await page.goto("/signin");
  await device.session.send("WebAuthn.setUserVerified", { authenticatorId: device.id, isUserVerified: false });
  await withPasskey(page).click();
  await expect(page.locator("form.passkey [data-failed]")).toBeVisible();
  await axe(page);
  await device.session.send("WebAuthn.setUserVerified", { authenticatorId: device.id, isUserVerified: true });
  await withPasskey(page).click();
  await expect(page).toHaveURL(/\/back$/);

  await page.goto("/account");
  await own(page).locator("summary").click();
  await own(page).locator("details form button").click();
  await expect(page).toHaveURL(/\/account\?done=1$/);
  await expect(own(page).locator("li")).toHaveCount(0);
  await people.signOut(page);
  await page.goto("/signin");
  guard.expect(401);
  await withPasskey(page).click();
  await expect(people.problem(page).first()).toContainText("not known here");
});

test("where a browser knows no passkeys, or runs no script, nobody is offered one", async ({ browse }) => {
  const page = await browse({ script: false });
  await page.goto("/signin");
  await expect(people.field(page, "password")).toBeVisible();
  await expect(withPasskey(page)).toBeHidden();
  const old = await browse();
  await old.addInitScript(() => Reflect.deleteProperty(window, "PublicKeyCredential"));
  await old.goto("/signin");
  await expect(people.field(old, "password")).toBeVisible();
  await expect(withPasskey(old)).toBeHidden();
});

for (const language of LANGUAGES) {
  test(`signing in with a passkey in ${language} is accessible and fits a small screen`, async ({ browse }) => {
    for (const look of ["light", "dark"] as const) {
      const page = await browse({ language, look, size: "small" });
      await page.goto("/signin");
      await expect(withPasskey(page)).toBeVisible();
      await axe(page);
      await fitsInWidth(page);
      await page.goto(`/style/account/full?lang=${language}`);
      await axe(page);
      await fitsInWidth(page);
    }
  });
}
