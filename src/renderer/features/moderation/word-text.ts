/** A list of words as one line of text, and back. Empty entries and repetitions are dropped. */
export const textOfWords = (words: readonly string[]): string => words.join(', ');

export const wordsOfText = (text: string): string[] => [...new Set(text.split(/[,\n]/).map((word) => word.trim().slice(0, 60)).filter((word) => word !== ''))];
