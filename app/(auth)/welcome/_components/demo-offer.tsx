"use client";
import { useRouter } from "next/navigation";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { DEMO_LOGINS, DEMO_PASSWORD } from "@/lib/demo/login";
import { signInWith } from "../../_components/sign-in-with";
import { loadDemoOrganisation } from "../actions";

/** Loads the demo and goes in as its admin. */
export function DemoOffer() {
  const router = useRouter();
  return (
    <Form
      aria-label="Demo organisation"
      className="gap-2"
      action={async () => {
        const loaded = await loadDemoOrganisation(null);
        return loaded.ok ? await signInWith(DEMO_LOGINS[0].email, DEMO_PASSWORD) : loaded;
      }}
      onSuccess={() => router.replace("/")}
    >
      <div className="flex items-center gap-3 text-xs text-muted" aria-hidden>
        <span className="h-px flex-1 bg-line-strong" />
        or
        <span className="h-px flex-1 bg-line-strong" />
      </div>
      <SubmitButton variant="secondary" size="lg" className="mt-3 w-full">
        Explore a demo organisation
      </SubmitButton>
      <p className="text-xs text-muted">
        An invented shop with thirty agents at work. It is marked as a demo everywhere, and can be removed whole.
      </p>
    </Form>
  );
}
