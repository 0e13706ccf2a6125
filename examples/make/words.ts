/** Everyday words by category, for questions about letters and choices. No word is in two categories. */
export const categories: Readonly<Record<string, readonly string[]>> = {
  animal: 'dog cat horse tiger lion rabbit sheep goat monkey elephant zebra bear wolf fox dolphin kangaroo'.split(' '),
  fruit: 'apple banana cherry grape lemon mango peach pear plum strawberry pineapple apricot papaya'.split(' '),
  vehicle: 'car truck bicycle train bus tractor motorcycle van tram helicopter submarine scooter'.split(' '),
  instrument: 'piano guitar violin trumpet flute drum cello harp clarinet trombone saxophone banjo'.split(' '),
  color: 'red blue green yellow purple brown pink white black turquoise crimson gray'.split(' '),
  tool: 'hammer saw drill screwdriver wrench chisel shovel rake axe crowbar'.split(' '),
  'piece of clothing': 'shirt jacket sock glove scarf sweater skirt coat hat blouse'.split(' '),
  'body part': 'hand foot knee elbow shoulder ankle nose ear finger wrist stomach'.split(' '),
  'piece of furniture': 'table chair bed sofa desk wardrobe bookshelf stool cupboard armchair'.split(' '),
  vegetable: 'carrot potato onion cabbage spinach broccoli lettuce cucumber pumpkin celery'.split(' '),
  profession: 'doctor teacher lawyer farmer nurse plumber engineer baker carpenter pilot journalist'.split(' '),
  metal: 'iron copper gold silver aluminum zinc nickel tin lead platinum'.split(' '),
};

/** All words. */
export const words: readonly string[] = Object.values(categories).flat();

/** The word with its indefinite article. */
export function withArticle(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}
