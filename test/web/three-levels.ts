/** A model with an element between module and indicator, which no shipped model has. */
export const threeLevels = `
schema: citygauge/model@1
id: three-levels
version: 1.0.0
title: { zh: 三级模型, en: Three levels }
description: { zh: 模块、要素、指标三级。, en: "Module, element, indicator." }
source:
  document: { zh: 测试, en: Test }
  section: { zh: 第一章, en: chapter 1 }
  weightsBy: citygauge
  notes: []
coverageFloor: 0.8
grades:
  - { grade: A, from: 90, meaning: { zh: 好, en: Good } }
  - { grade: D, from: 0, meaning: { zh: 差, en: Bad } }
overall:
  kind: score
  explanation: { zh: 加权平均, en: Weighted mean }
modules:
  - id: cloud
    title: { zh: 云, en: Cloud }
    meaning: { zh: 云平台, en: The cloud }
    weight: 1
    combine: { method: arithmetic }
    children:
      - id: readiness
        title: { zh: 就绪, en: Readiness }
        meaning: { zh: 恢复能力, en: Ability to recover }
        weight: 1
        combine: { method: arithmetic }
        children:
          - id: backup
            title: { zh: 备份成功率, en: Backup success }
            meaning: { zh: 备份成功的比例, en: Share of backups that succeed }
            unit: ratio
            weight: 1
            direction: higher
            range: { min: 0, max: 1 }
            best: 1
            worst: 0.5
            scale: linear
            tolerance: 0.02
            zeroBase: notApplicable
            frequency: month
            owner: { zh: 云运营组, en: Cloud team }
            intervention: { zh: 重做备份, en: Repeat the backup }
            measure: { entry: true }
`;
