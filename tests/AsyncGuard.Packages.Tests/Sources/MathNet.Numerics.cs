using MathNet.Numerics.LinearAlgebra;

class Uses
{
    static async Task Directly(Matrix<double> matrix)
    {
        var svd = matrix.Svd(); //! AGD0106
        var inverse = matrix.Inverse(); //! AGD0106
        var sum = matrix + matrix;
        await Task.Yield();
    }
}
