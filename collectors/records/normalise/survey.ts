import type { FieldValue } from '../../contract.ts';
import { type Problem, rejected } from './problem.ts';

/** Why a survey answer's score cannot be taken: it is read as score / scale, a share of the full score. */
export function surveyProblem(fields: Readonly<Record<string, FieldValue>>): Problem | null {
  const score = fields.score as number | null;
  const scale = fields.scale as number | null;
  if (scale !== null && scale <= 0) {
    return rejected(
      `满分（scale）${scale} 不大于 0：请填写该题的满分，例如 10`,
      `the scale ${scale} is not above 0: give the full score of the question, such as 10`,
    );
  }
  if (score === null) return null;
  if (score < 0) {
    return rejected(
      `得分（score）${score} 为负数：请更正，没有评分时留空`,
      `the score ${score} is negative: correct it, or leave it empty where none was given`,
    );
  }
  if (scale === null) {
    return rejected(
      `得分（score）${score} 没有对应的满分（scale）：请填写满分，或在映射文件中写 scale: {constant: 10}`,
      `the score ${score} has no scale: give the full score, or set scale: {constant: 10} in the mapping`,
    );
  }
  if (score <= scale) return null;
  return rejected(
    `得分（score）${score} 高于满分（scale）${scale}：请更正其中一项`,
    `the score ${score} is above the scale ${scale}: correct one of them`,
  );
}
