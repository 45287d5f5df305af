/** A box of the graph, in pixels. */
interface GraphBox<Item> {
  readonly item: Item;
  readonly side: 'left' | 'middle' | 'right';
  readonly x: number;
  readonly y: number;
}

/** The whole graph, with one line a neighbour. */
export interface GraphLayout<Item> {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly GraphBox<Item>[];
  readonly lines: readonly { readonly key: number; readonly path: string }[];
  readonly hiddenLeft: number;
  readonly hiddenRight: number;
}

/** Size of every box. */
export const boxSize = { width: 230, height: 34 } as const;

const gap = { x: 90, y: 8 } as const;
/** More than a dozen a side are left to the table. */
export const drawnAtMost = 12;

/** One side of the picture: those that are drawn, and how many there are. */
interface GraphSide<Item> {
  readonly items: readonly Item[];
  readonly count: number;
}

/** Columns from left to right: what needs it, the component, what it needs. A side of nothing takes no room. */
export function layOut<Item>(left: GraphSide<Item>, middle: Item, right: GraphSide<Item>): GraphLayout<Item> {
  const columns = { left: left.items.slice(0, drawnAtMost), right: right.items.slice(0, drawnAtMost) };
  const rows = Math.max(1, columns.left.length, columns.right.length);
  const height = rows * (boxSize.height + gap.y) - gap.y;
  const column = boxSize.width + gap.x;
  const start = columns.left.length === 0 ? 0 : column;
  const x = { left: 0, middle: start, right: start + column };
  const place = (items: readonly Item[], side: 'left' | 'right'): readonly GraphBox<Item>[] => {
    const top = (height - (items.length * (boxSize.height + gap.y) - gap.y)) / 2;
    return items.map((item, index) => ({ item, side, x: x[side], y: top + index * (boxSize.height + gap.y) }));
  };
  const centre: GraphBox<Item> = { item: middle, side: 'middle', x: x.middle, y: (height - boxSize.height) / 2 };
  const sides = [...place(columns.left, 'left'), ...place(columns.right, 'right')];
  return {
    width: (columns.right.length === 0 ? x.middle : x.right) + boxSize.width,
    height,
    boxes: [centre, ...sides],
    lines: sides.map((box, key) => ({ key, path: box.side === 'left' ? curve(box, centre) : curve(centre, box) })),
    hiddenLeft: left.count - columns.left.length,
    hiddenRight: right.count - columns.right.length,
  };
}

function curve(from: GraphBox<unknown>, to: GraphBox<unknown>): string {
  const [startX, startY, endX, endY] = [from.x + boxSize.width, from.y + boxSize.height / 2, to.x, to.y + boxSize.height / 2];
  const bend = (endX - startX) / 2;
  return `M${startX} ${startY}C${startX + bend} ${startY} ${endX - bend} ${endY} ${endX} ${endY}`;
}
