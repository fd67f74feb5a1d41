import { cva, type VariantProps } from "class-variance-authority";
import { LoaderCircle } from "lucide-react";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";

export const buttonVariants = cva(
  "relative inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md border border-transparent font-medium transition-colors disabled:pointer-events-none disabled:opacity-55 aria-disabled:pointer-events-none aria-disabled:opacity-55 [&_svg]:pointer-events-none [&_svg]:shrink-0 [&_svg:not([class*='size-'])]:size-4",
  {
    variants: {
      variant: {
        primary: "bg-accent text-on-accent shadow-card hover:bg-accent-hover",
        secondary:
          "border-line-strong bg-surface text-foreground shadow-card hover:bg-surface-2 aria-expanded:bg-surface-2 data-[state=open]:bg-surface-2",
        ghost:
          "text-muted hover:bg-surface-3 hover:text-foreground data-[state=open]:bg-surface-3 data-[state=open]:text-foreground",
        danger: "bg-danger text-on-danger shadow-card hover:bg-danger-hover",
        "danger-quiet":
          "border-line-strong bg-surface text-deny-text shadow-card hover:border-deny-line hover:bg-deny-soft",
        link: "h-auto! border-0 px-0! text-accent-text underline-offset-4 hover:underline",
      },
      size: {
        xs: "h-6 px-2 text-xs [&_svg:not([class*='size-'])]:size-3.5",
        sm: "h-7 px-2.5 text-xs",
        md: "h-8 px-3 text-sm",
        lg: "h-10 px-4 text-base",
        icon: "size-8",
        "icon-sm": "size-7",
        "icon-xs": "size-6 [&_svg:not([class*='size-'])]:size-3.5",
      },
    },
    defaultVariants: { variant: "secondary", size: "md" },
  },
);

export interface ButtonProps extends ComponentProps<"button">, VariantProps<typeof buttonVariants> {
  /** Gives the looks to the only child instead: `<Button asChild><Link href=…>…</Link></Button>`. */
  asChild?: boolean;
  /** Shows a spinner in place of the text, keeps the width, refuses presses and says so to assistive technology. */
  pending?: boolean;
}

export function Button({ className, variant, size, asChild, pending = false, type, children, ...props }: ButtonProps) {
  const classes = cn(buttonVariants({ variant, size }), className);
  if (asChild) {
    return (
      <Slot.Root className={classes} {...props}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button
      // The default of HTML is "submit", which surprises inside forms.
      type={type ?? "button"}
      className={classes}
      aria-busy={pending || undefined}
      {...props}
      disabled={props.disabled === true || pending}
    >
      {pending ? (
        <>
          <LoaderCircle className="absolute animate-spin" aria-hidden />
          <span className="flex items-center gap-1.5 opacity-0">{children}</span>
        </>
      ) : (
        children
      )}
    </button>
  );
}
