// Points that pay: once the amount is typed, the most that may be used stands there, and one press takes it over; what
// the points take off and what is left to pay follow each change.
import { Preview } from "./preview";

export function showWorth(form: HTMLFormElement): void {
  const preview = new Preview(form);
  const points = form.querySelector<HTMLInputElement>("input[name=points]");
  const payable = form.querySelector<HTMLInputElement>("input[name=payable]");
  const ask = (): void => {
    if (points?.value || payable?.value) preview.ask(() => asked(form));
    else preview.reset();
  };
  const most = form.querySelector<HTMLButtonElement>("[data-use-most]");
  const hint = form.querySelector<HTMLElement>("[data-plain]");
  if (most) most.hidden = false;
  if (hint) hint.hidden = true;
  most?.addEventListener("click", () => {
    const told = form.querySelector<HTMLElement>("[data-most]")?.dataset["most"];
    if (told && points) points.value = told;
    else payable?.focus();
    ask();
  });
  form.addEventListener("input", (event) => {
    if (event.target === points) ask();
  });
  form.addEventListener("amount", ask);
  ask();
}

function asked(form: HTMLFormElement): URLSearchParams {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string" && name !== "idempotency_key") body.append(name, value);
  return body;
}
