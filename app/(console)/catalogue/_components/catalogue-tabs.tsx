import { formatCount } from "@/components/ui/format/number";
import { TabNav } from "@/components/ui/tab-nav";

/** The catalogue's lists; `unclassified` is how many actions wait. */
export function CatalogueTabs({ unclassified }: { unclassified: number }) {
  return (
    <TabNav
      label="Catalogue"
      items={[
        { label: "Actions", href: "/catalogue" },
        { label: "Systems", href: "/catalogue/systems" },
        {
          label: "Unclassified",
          href: "/catalogue/unclassified",
          trailing: unclassified > 0 && (
            <span className="rounded-full bg-surface-3 px-1.5 text-xs font-medium tabular-nums text-muted">
              {formatCount(unclassified)}
            </span>
          ),
        },
      ]}
    />
  );
}
