// Characters as newspapers count them, like the server: marks count, white space does not.
// What Python calls a space; JavaScript's own \s differs in a few.
const SPACE = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/u;
const CHINESE = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’…—\u{20000}-\u{323af}]/u;

export function characters(text) {
  let count = 0;
  for (const char of text) if (!SPACE.test(char)) count++;
  return count;
}

// As Word counts them: every Chinese character and mark is one, and so is a word of letters.
export function words(text) {
  let count = 0, inside = false;
  for (const char of text) {
    const chinese = CHINESE.test(char), space = SPACE.test(char);
    if (chinese || (!space && !inside)) count++;
    inside = !chinese && !space;
  }
  return count;
}
