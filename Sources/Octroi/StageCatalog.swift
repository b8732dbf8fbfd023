import Anonymise
import Indicators
import Pipeline
import Places
import StageKit
import Stages

/// The one list of stages: what is not here does not exist.
public enum StageCatalog {
  public static let all: [any Stage.Type] = [
    FilterStage.self,
    DeriveStage.self,
    SelectStage.self,
    DropStage.self,
    RenameStage.self,
    AggregateStage.self,
    JoinStage.self,
    LocateStage.self,
    WorkingDaysStage.self,
    DeduplicateStage.self,
    UnionStage.self,
    CompleteStage.self,
    WindowStage.self,
    ComparePeriodsStage.self,
    RollingPeriodsStage.self,
    PivotStage.self,
    UnpivotStage.self,
    CastStage.self,
    RecodeStage.self,
    BucketStage.self,
    SortStage.self,
    LimitStage.self,
    SampleStage.self,
    PseudonymiseStage.self,
    TokeniseStage.self,
    MaskStage.self,
    RedactTextStage.self,
    TruncateStage.self,
    GeneraliseStage.self,
    ProtectTableStage.self,
    RoundTableStage.self,
    CellKeyStage.self,
    KAnonymiseStage.self,
    DeclassifyStage.self,
    DPAggregateStage.self,
    TopBottomCodeStage.self,
    NoiseStage.self,
    SwapStage.self,
    MicroaggregateStage.self,
    OpposeStage.self,
  ]

  /// The blocks that a pipeline's file may have besides its steps.
  public static var blocks: [any Block.Type] { [IndicatorsBlock.self] }

  /// What there is to know of the blocks, reports among them.
  public static var blockDocumentation: [BlockDocumentation] {
    blocks.map { $0.documentation } + [ReportDeclarations.documentation]
  }
}
