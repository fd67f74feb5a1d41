"use client";
import { CircleAlert } from "lucide-react";
import { type FormEvent, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { Banner } from "@/components/ui/banner";
import { cn } from "@/components/ui/cn";
import type { Result } from "@/lib/kernel/result";
import { FormContext } from "./context";
import { fieldsFrom, type FormFields } from "./fields-of";
import { reaching } from "./unreachable";
import { controlsOf, invalidControls } from "./validity";

interface FormProps<Value> {
  /** Calls the server action with what it takes: `(fields) => renameAgent({ id, name: fields.text("name") })`. */
  action: (fields: FormFields) => Promise<Result<Value>>;
  /** After a success; the page itself is refreshed by the action's revalidation. */
  onSuccess?: (value: Value) => void;
  /** Clears the fields after a success. */
  resetOnSuccess?: boolean;
  "aria-label"?: string;
  className?: string;
  children: ReactNode;
}

interface Sent<Value> {
  result: Result<Value> | null;
  pending: boolean;
  fault: { cause: unknown } | null;
}

// While capturing, so that a select does not open by the same key.
const submitOnModEnter = (event: KeyboardEvent<HTMLFormElement>) => {
  if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
  event.preventDefault();
  event.stopPropagation();
  event.currentTarget.requestSubmit();
};

/**
 * A form over a server action. Keeps what was typed when the server refuses, shows the error at its field (or above, when
 * the form has no such field) and moves the focus there; submits by Cmd/Ctrl+Enter from anywhere inside.
 */
export function Form<Value>({
  action,
  onSuccess,
  resetOnSuccess = false,
  className,
  children,
  ...props
}: FormProps<Value>) {
  // Not `useActionState`: its answer would be shown only once whatever else the router is about has been rendered, too.
  const [{ result, pending, fault }, setState] = useState<Sent<Value>>({ result: null, pending: false, fault: null });
  if (fault !== null) throw fault.cause;
  const submit = async (data: FormData) => {
    setState((last) => ({ ...last, pending: true }));
    try {
      const answer = await reaching(() => action(fieldsFrom(data)));
      setState({ result: answer, pending: false, fault: null });
    } catch (cause) {
      // Redirects and not-founds travel as exceptions, and are taken where the page is rendered.
      setState({ result: null, pending: false, fault: { cause } });
    }
  };
  const [local, setLocal] = useState<Readonly<Record<string, string>>>({});
  const [names, setNames] = useState<readonly string[]>([]);
  const form = useRef<HTMLFormElement>(null);
  const banner = useRef<HTMLDivElement>(null);
  const settled = useRef<(latest: Result<Value>) => void>(() => undefined);
  useEffect(() => {
    settled.current = (latest) => {
      if (form.current === null) return;
      if (latest.ok) {
        if (resetOnSuccess) form.current.reset();
        onSuccess?.(latest.value);
        return;
      }
      const { field } = latest.error;
      const control = controlsOf(form.current).find((each) => each.name === field)?.control ?? banner.current;
      control?.focus();
    };
  });
  useEffect(() => {
    if (result !== null) settled.current(result);
  }, [result]);

  // React resets a form whose `action` prop ran, even when the server refused; submitting by hand keeps what was typed.
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (pending) return;
    const invalid = invalidControls(event.currentTarget);
    setLocal(Object.fromEntries(invalid.map((each) => [each.name, each.message])));
    setNames(controlsOf(event.currentTarget).map((each) => each.name));
    if (invalid.length > 0) {
      invalid[0]?.control.focus();
      return;
    }
    const data = new FormData(event.currentTarget);
    void submit(data);
  };

  const error = result?.ok === false ? result.error : null;
  const atField = error?.field !== undefined && names.includes(error.field);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the key belongs to the whole form
    <form
      ref={form}
      noValidate
      // Without our script the browser sends it by itself: what was typed, passwords too, must not stand in the address then.
      method="post"
      onSubmit={onSubmit}
      onKeyDownCapture={submitOnModEnter}
      className={cn("flex flex-col gap-4", className)}
      {...props}
    >
      <FormContext
        value={{ pending, errorOf: (field) => local[field] ?? (error?.field === field ? error.message : undefined) }}
      >
        {error !== null && !atField && (
          <Banner ref={banner} role="alert" tabIndex={-1} tone="deny" icon={<CircleAlert aria-hidden />}>
            {error.message}
          </Banner>
        )}
        {children}
      </FormContext>
    </form>
  );
}
